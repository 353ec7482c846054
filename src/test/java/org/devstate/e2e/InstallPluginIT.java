// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideLines;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The lines of README and guide, and {@code scripts/install-plugin} itself, on copies of a real Tigase. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigases to start
@ResourceLock("InstallPluginIT") // its own tests one after another
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class InstallPluginIT {

    private static final Path FOLDER = Office.FOLDER.resolve("InstallPluginIT");
    private static final Path ARCHIVE = Path.of(System.getProperty("devstate.archive"));
    private static final Path TIGASE = Tigase.home().orElse(Path.of(""));
    private static final String PBX = "pbx*@example.net";

    private final InstallPlugin script = new InstallPlugin(FOLDER.resolve("scripts"));

    @TempDir
    private Path temporary = Path.of("");

    /** The README's promise: the lines, a start, and it works; all that was there before works on; and it can be removed. */
    @Test
    void theReadmesLinesInstallThePluginAndRemoveItWithoutATrace() throws IOException {
        Path home = FOLDER.resolve("tigase");
        AtomicReference<List<String>> before = new AtomicReference<>(List.of());
        try (XmppServer tigase = Tigase.startStock(TIGASE, home)) {
            List.of("pbx1", "pbx2", "blogger").forEach(tigase::addAccount);
            blog(tigase, "<create node='blog'/>");
            blog(tigase, "<publish node='blog'><item id='1'><entry xmlns='urn:blog'>first</entry></item></publish>");
            tigase.restart(() -> {
                before.set(InstallPlugin.content(home));
                byTheReadme(home);
            });

            assertDeviceStatesAreShared(tigase);
            assertThat(blog(tigase, "<items node='blog'/>")).contains("first");
            assertThat(script.run("--configure", home.toString()).rejection()).contains("is running, as process ");
            assertThat(script.run("--uninstall", home.toString()).rejection()).contains("is running, as process ");
            blog(tigase, "<publish node='blog'><item id='2'><entry xmlns='urn:blog'>second</entry></item></publish>");

            tigase.restart(() -> {
                assertThat(guide(GuideBlocks.of("upgrade", "scripts/install-plugin --uninstall"), home))
                        .contains("removed", "done;");
                assertThat(InstallPlugin.content(home)).isEqualTo(before.get());
            });
            assertThat(blog(tigase, "<items node='blog'/>")).contains("first", "second");
            blog(tigase, "<publish node='blog'><item id='3'><entry xmlns='urn:blog'>third</entry></item></publish>");
            assertThat(blog(tigase, "<items node='blog'/>")).contains("third");
        }
    }

    private static void byTheReadme(Path home) {
        Path folder = FOLDER.resolve("unpacked");
        InstallPlugin.recreate(folder);
        ServerProcess.run(folder, Map.of(), List.of("bash", "-c", GuideLines.installation(ARCHIVE, home)));
    }

    private static void assertDeviceStatesAreShared(XmppServer tigase) {
        try (ServiceClient paris = ServiceClient.login(tigase, "pbx1", "asterisk");
                ServiceClient berlin = ServiceClient.login(tigase, "pbx2", "asterisk")) {
            berlin.subscribe("device_state");
            XmlElement published =
                    paris.publish("device_state", ServiceClient.device("PJSIP/1", "00:11:22:33:44:01", "INUSE"));
            assertThat(published.attribute("type")).isEqualTo("result");
            assertThat(berlin.nextState("PJSIP/1")).isEqualTo("INUSE");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service's answer to the owner of an ordinary node. */
    private static String blog(XmppServer tigase, String asked) {
        try (ServiceClient client = ServiceClient.loginWithoutGate(tigase, "blogger", "home")) {
            XmlElement answer = client.pubsub(asked.startsWith("<items") ? "get" : "set", asked);
            assertThat(answer.attribute("type")).as(answer.toString()).isEqualTo("result");
            return answer.toString();
        }
    }

    @Test
    void aSecondTimeNothingChangesAndOlderReleasesAndStrayJarsAreReplaced() throws IOException {
        Path home = FOLDER.resolve("a tigase with blanks");
        Tigase.copy(TIGASE, home);
        Files.writeString(home.resolve("jars/tigase-devstate-0.0.9.jar"), "an older one");
        Files.createSymbolicLink(home.resolve("jars/tigase-devstate.jar"), temporary.resolve("somewhere.jar"));
        Files.writeString(temporary.resolve("somewhere.jar"), "of somebody's workshop");

        assertThat(guide(GuideBlocks.of("install-tigase", "scripts/install-plugin --configure"), home))
                .contains(
                        "removed " + home.toAbsolutePath() + "/jars/tigase-devstate-0.0.9.jar",
                        "changed",
                        "the plugin's tables",
                        "start Tigase");
        assertThat(temporary.resolve("somewhere.jar")).hasContent("of somebody's workshop");
        List<String> first = InstallPlugin.content(home);
        assertThat(first)
                .filteredOn(file -> file.contains("tigase-devstate"))
                .singleElement()
                .asString()
                .contains(".jar");

        assertThat(script.run("--configure", "--accounts", PBX, home.toString()).success())
                .contains("needs no change", "start Tigase");
        assertThat(guide(GuideBlocks.of("upgrade", "cd tigase-devstate-NEW").replaceFirst("cd .*", ""), home))
                .contains("needs no change", "start Tigase");
        assertThat(InstallPlugin.content(home)).isEqualTo(first);
    }

    @Test
    void theClusterGuidesLinesMakeTheFilesTheTablesAndTheAdministratorOfANode() throws IOException {
        Path home = FOLDER.resolve("node");
        Tigase.copy(TIGASE, home);
        guide("cp -r '" + TIGASE + "/scripts' /srv/tigase", home);
        String files = GuideBlocks.of("cluster", "cd /srv/tigase\ntar");
        guide(files.replaceFirst("/tmp/\\S+", "'" + ARCHIVE.toAbsolutePath() + "'"), home);
        Path config = home.resolve("etc/config.tdsl");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("uri = '.*'", "uri = 'jdbc:derby:nodedb;create=true'")
                        .replace(
                                "'cluster-mode' = true",
                                "'cluster-mode' = false")); // which needs a name of this machine

        guide("cd /srv/tigase\n" + GuideBlocks.of("cluster", "openssl req"), home);
        assertThat(home.resolve("certs/example.net.pem")).content().contains("BEGIN CERTIFICATE", "PRIVATE KEY");
        String tables = GuideBlocks.of("cluster", "scripts/tigase.sh upgrade-schema");
        assertThat(guide("cd /srv/tigase\n" + tables, home))
                .containsPattern("Device states of Asterisk.*ok")
                .containsPattern("Adding XMPP admin accounts\\s+ok");
    }

    /** The output of a guide's lines, as in a checkout. */
    private static String guide(String lines, Path home) {
        String quoted = "'" + home.toAbsolutePath() + "'";
        return ServerProcess.run(
                Path.of("").toAbsolutePath(),
                Map.of("JAVA_HOME", System.getProperty("java.home"), "TIGASE_HOME", ""),
                List.of(
                        "bash",
                        "-euo",
                        "pipefail",
                        "-c",
                        lines.replace("TIGASE_HOME", quoted).replace("/srv/tigase", quoted)));
    }

    @Test
    void otherEntriesStayWithTheirComments() throws IOException {
        Path home = FOLDER.resolve("configured");
        Tigase.copy(TIGASE, home);
        Path config = home.resolve("etc/config.tdsl");
        Path elsewhere = temporary.resolve("config.tdsl");
        String theirs = Files.readString(config)
                        .replace("pubsub () {}", "pubsub () { # for the blogs\n    trusted = [ 'b@example.net' ]\n}")
                + "'max-queue-size' = 5000 # it's a small one\nc2s () {\n    connections () {}\n}\n";
        Files.writeString(elsewhere, theirs);
        Files.delete(config);
        Files.createSymbolicLink(config, elsewhere);

        assertThat(script.run("--configure", "--accounts", PBX, home.toString()).success())
                .contains("note: 'max-queue-size' was left at '5000'");

        String settings = GuideLines.configuration()
                .lines()
                .filter(line -> line.startsWith("    '") || line.startsWith("    t") || line.startsWith("    s"))
                .filter(line -> !line.contains("asterisk-accounts"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(elsewhere)
                .hasContent(theirs.replace(
                                "pubsub () { # for the blogs\n",
                                "pubsub (class: org.devstate.tigase.DeviceStatePubSub, active: true) { # for the blogs\n"
                                        + "    'asterisk-accounts' = [ '" + PBX + "' ]\n")
                        .replace("c2s () {\n", "c2s () {\n" + settings));
        assertThat(config).isSymbolicLink();
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).hasContent(theirs);

        assertThat(script.run("--uninstall", home.toString()).success()).contains("changed");
        assertThat(elsewhere).hasContent(theirs);
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).doesNotExist();
    }

    @Test
    void withoutConfigureTheLinesAreShownAndTheFileIsNotChanged() throws IOException {
        Path home = FOLDER.resolve("shown");
        Tigase.copy(TIGASE, home);
        Path config = home.resolve("etc/config.tdsl");
        String before = Files.readString(config);

        assertThat(script.run("--accounts", PBX, home.toString()).success())
                .contains("the database has the plugin's tables", "Now add to " + config, GuideLines.configuration());
        assertThat(config).hasContent(before);
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).doesNotExist();

        Files.writeString(config, before + GuideLines.configuration());
        assertThat(script.run("--accounts", PBX, home.toString()).success())
                .contains(config + " needs no change; start Tigase");
    }

    @Test
    void invalidAccountsAreRejectedAndNothingIsChanged() {
        Path home = FOLDER.resolve("wrong accounts");
        Tigase.copy(TIGASE, home);
        List<String> before = InstallPlugin.content(home);

        assertThat(script.run("--configure", "--accounts", "pbx * @x", home.toString())
                        .rejection())
                .contains("not an account such as pbx1@example.net", "'pbx', '*', '@x'");
        assertThat(InstallPlugin.content(home)).isEqualTo(before);
    }

    @Test
    void backupsAreNotOverwrittenAndTheRemovalRestoresTheLatest() throws IOException {
        Path home = FOLDER.resolve("kept");
        Tigase.copy(TIGASE, home);
        Path config = home.resolve("etc/config.tdsl");
        String original = Files.readString(config);
        script.run("--configure", "--accounts", PBX, home.toString()).success();
        String first = Files.readString(config);
        assertThat(script.run("--configure", "--accounts", "ast*@example.net", home.toString())
                        .success())
                .contains("the old file is config.tdsl.before-change.1");
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).hasContent(original);
        assertThat(home.resolve("etc/config.tdsl.before-change.1")).hasContent(first);

        Files.writeString(config, original + "# by hand\n"); // as if the plugin had been taken out by hand
        assertThat(script.run("--configure", "--accounts", PBX, home.toString()).success())
                .contains("the old file is config.tdsl.before-devstate.1");
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).hasContent(original);

        script.run("--uninstall", home.toString()).success();
        assertThat(config).hasContent(original + "# by hand\n");
        assertThat(home.resolve("etc/config.tdsl.before-devstate")).hasContent(original);
        assertThat(home.resolve("etc/config.tdsl.before-devstate.1")).doesNotExist();
    }

    /** The quick start's way to the first administrator's account, in a Tigase with the plugin: stock Tigase breaks some TLS connections. */
    @Test
    void theSchemaToolMakesTheAdministratorsAccount() {
        Path home = FOLDER.resolve("administrator");
        try (XmppServer tigase = Tigase.startAfter(TIGASE, home, () -> {
                    makeAdministrator(home);
                    script.run("--configure", "--accounts", PBX, home.toString())
                            .success();
                });
                XmppClient admin = XmppClient.login(tigase, "admin", "a-long-password", "console")) {
            assertThat(admin.jid()).isEqualTo("admin@example.net/console");
        }
    }

    private static void makeAdministrator(Path home) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ServerProcess.run(
                home,
                Map.of(),
                List.of(
                        java,
                        "-cp",
                        "jars/*",
                        "tigase.db.util.SchemaManager",
                        "upgrade-schema",
                        "--config-file=etc/config.tdsl",
                        "--adminJID=admin@example.net",
                        "--adminJIDpass=a-long-password"));
    }
}
