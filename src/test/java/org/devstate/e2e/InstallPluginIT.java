package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/install-plugin}, on a copy of a real Tigase. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class InstallPluginIT {

    private static final Path FOLDER = Office.FOLDER.resolve("InstallPluginIT");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path temporary = Path.of("");

    private record Outcome(int status, String said) {}

    @Test
    void whatIsInstalledWorksAndIsTakenOutWithoutATrace() throws IOException, InterruptedException {
        Path home = FOLDER.resolve("tigase");
        Path config = home.resolve("etc/config.tdsl");
        try (XmppServer tigase = Tigase.startAfter(Tigase.home().orElseThrow(), home, () -> install(home))) {
            tigase.addAccount("pbx1");
            tigase.addAccount("pbx2");
            try (ServiceClient paris = ServiceClient.login(tigase, "pbx1", "asterisk");
                    ServiceClient berlin = ServiceClient.login(tigase, "pbx2", "asterisk")) {
                berlin.subscribe("device_state");
                XmlElement published =
                        paris.publish("device_state", ServiceClient.device("PJSIP/1", "00:11:22:33:44:01", "INUSE"));
                assertThat(published.attribute("type")).isEqualTo("result");
                assertThat(berlin.nextState("PJSIP/1")).isEqualTo("INUSE");
            }
        }
        assertThat(run("--uninstall", home.toString()).status()).isZero();
        assertThat(Files.readString(config)).doesNotContain("devstate", "asterisk", "max-queue-size");
        assertThat(home.resolve("jars")).isDirectoryNotContaining("glob:**devstate*");
        assertThat(home.resolve("database")).isDirectoryNotContaining("glob:**devstate*");
    }

    private static void install(Path home) {
        Outcome first = run("--configure", "--accounts", "pbx*@example.net", home.toString());
        assertThat(first.status()).as(first.said()).isZero();
        assertThat(first.said()).contains("changed", "the database has the plugin's tables", "start Tigase");
        Outcome second = run("--configure", "--accounts", "pbx*@example.net", home.toString());
        assertThat(second.status()).as(second.said()).isZero();
        assertThat(second.said()).contains("is right as it is");
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).exists();
        assertThat(home.resolve("jars")).isDirectoryContaining("glob:**tigase-devstate-*.jar");
    }

    @Test
    void withoutConfigureTheLinesAreShownAndNothingIsConfigured() throws IOException {
        Path home = temporary.resolve("shown");
        pretend(home, "8.4.0-b12345", "5.2.0");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/config.tdsl"), "pubsub () {}\n");
        Outcome outcome = run(home.toString());
        assertThat(outcome.status()).as(outcome.said()).isZero();
        assertThat(outcome.said())
                .contains("org.devstate.tigase.DeviceStatePubSub", "'asterisk-gate'", "upgrade-schema");
        assertThat(home.resolve("etc/config.tdsl")).hasContent("pubsub () {}");
    }

    @Test
    void anotherReleaseIsRefusedWithWhatWasFound() throws IOException {
        Path home = temporary.resolve("older");
        pretend(home, "8.3.1", "5.1.0");
        Outcome outcome = run("--configure", home.toString());
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said()).contains("has tigase-server 8.3.1; this plugin is for Tigase 8.4 with PubSub 5.2");
        assertThat(home.resolve("jars")).isDirectoryNotContaining("glob:**devstate*");
    }

    @Test
    void whatIsNoInstallationIsRefused() {
        Outcome outcome = run(FOLDER.resolve("nowhere").toString());
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said()).contains("is no Tigase installation: it has no folder jars");
        assertThat(run("--wrong").status()).isEqualTo(2);
    }

    /** An installation as far as the script looks at it before it changes anything. */
    private static void pretend(Path home, String server, String pubsub) throws IOException {
        Files.createDirectories(home.resolve("jars"));
        jar(home.resolve("jars/tigase-server.jar"), server);
        jar(home.resolve("jars/tigase-pubsub.jar"), pubsub);
    }

    private static void jar(Path file, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    private static Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("scripts/install-plugin"));
        command.addAll(List.of(arguments));
        Path log = FOLDER.resolve("install-" + System.nanoTime() + ".log");
        try (ServerProcess process =
                ServerProcess.start(Path.of("").toAbsolutePath(), log, Map.of("TIGASE_HOME", ""), command)) {
            Await.until("the script has ended", PATIENCE, () -> !process.isAlive());
            return new Outcome(process.exitStatus(), process.output());
        }
    }
}
