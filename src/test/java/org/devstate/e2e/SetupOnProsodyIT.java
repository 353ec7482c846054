package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.devstate.ctl.CtlInProcess;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.PlainProsody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code devstatectl setup} on a real Prosody as Debian installs it. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SetupOnProsodyIT {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("SetupOnProsodyIT").toAbsolutePath();
    private PlainProsody prosody;

    @BeforeAll
    void makeProsody() {
        prosody = new PlainProsody(testbed, folder);
    }

    @AfterAll
    void stopProsody() {
        if (prosody != null) {
            prosody.close();
        }
    }

    @Test
    void aFirstAsteriskPublishesAfterwardsAndEveryChangeCanBeUndone() throws Exception {
        Map<String, String> before = configuration();

        Outcome first = setup("--yes");
        assertThat(first.status()).as("%s", first).isZero();
        assertThat(first.out()).contains("missing  VirtualHost \"example.net\"", "Left to do:");
        assertThat(first.out() + first.err()).doesNotContain(secrets());
        assertThat(modeOf(folder.resolve("own/component.conf"))).isEqualTo("rw-r-----");
        assertThat(modeOf(prosody.configFolder().resolve("conf.d/devstate.cfg.lua")))
                .isEqualTo("rw-r-----");
        assertThat(modeOf(prosody.configFolder().resolve("certs/example.net.key")))
                .isEqualTo("rw-r-----");
        assertThat(modeOf(folder.resolve("connection/devstatectl.password"))).isEqualTo("rw-------");

        prosody.start();
        try (ServerProcess component = prosody.startComponent(JAR, folder.resolve("own/component.conf"))) {
            Outcome second = setup("--yes");
            assertThat(second.status()).as("%s", second).isZero();
            assertThat(second.out()).contains("No file has to be changed", "The site main is added", "Copy xmpp.conf");
            publishFromTheFirstAsterisk();
            assertThat(component.isAlive()).isTrue();

            Map<String, String> after = configuration();
            Outcome third = setup("--yes");
            assertThat(third.status()).as("%s", third).isZero();
            assertThat(third.out()).contains("Nothing is left to do").doesNotContain("missing  ");
            assertThat(configuration()).isEqualTo(after);
        }

        Outcome undo = setup("--undo", "--yes");
        assertThat(undo.status()).as("%s", undo).isZero();
        assertThat(configuration()).isEqualTo(before);
    }

    /** The component may end its session at Prosody, too, so that it logs in and subscribes again. */
    private void publishFromTheFirstAsterisk() throws Exception {
        Path files = folder.resolve("pbx1-files");
        Release release = testbed.orOther(Release.V22);
        try (Asterisk first = Asterisk.startEnrolled(testbed, release, folder, "pbx1", 1, prosody, files)) {
            first.awaitConnected(Office.CONNECT);
            first.setDeviceState("Custom:agent1", "INUSE");
            Await.until("the service has the state", Duration.ofSeconds(5), () -> ctl("entries", "--json")
                    .out()
                    .contains("Custom:agent1"));

            Outcome reconnect = ctl("reconnect", "pbx1");
            assertThat(reconnect.status()).as("%s", reconnect).isZero();
            Await.until("it has been disconnected", Office.CONNECT, () -> !first.isConnected());
            first.awaitConnected(Office.CONNECT);
        }
    }

    private Outcome setup(String... options) {
        String line = GuideBlocks.of("install-component", "scripts/devstatectl setup")
                .replace("xmpp.example.net", "127.0.0.1");
        List<String> all = new ArrayList<>(List.of(line.strip().split(" ")));
        all.remove(0);
        all.addAll(List.of("--config-dir", prosody.configFolder().toString()));
        all.addAll(List.of("--prosodyctl", prosody.prosodyctl().toString()));
        all.addAll(List.of("--component-dir", folder.resolve("own").toString()));
        all.addAll(List.of("--output-dir", folder.resolve("pbx1-files").toString()));
        all.addAll(List.of(options));
        return ctl(all.toArray(String[]::new));
    }

    private Outcome ctl(String... arguments) {
        Path config = folder.resolve("connection/devstatectl.conf");
        return CtlInProcess.run(Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString()))
                .toArray(String[]::new));
    }

    private List<String> secrets() throws IOException {
        String password = Files.readString(folder.resolve("connection/devstatectl.password"))
                .strip();
        String component = Files.readString(folder.resolve("own/component.conf"))
                .lines()
                .filter(line -> line.startsWith("component.secret"))
                .map(line -> line.replaceAll(".*\"(.*)\"", "$1"))
                .findFirst()
                .orElseThrow();
        assertThat(List.of(password, component)).allMatch(secret -> secret.length() == 32);
        return List.of(password, component);
    }

    private static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** The content of each file of Prosody's configuration, a character for each byte. */
    private Map<String, String> configuration() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(prosody.configFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
