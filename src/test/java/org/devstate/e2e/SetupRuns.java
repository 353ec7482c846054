// SPDX-License-Identifier: Apache-2.0
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
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** {@code devstatectl setup} for a real XMPP server, and what is there afterwards. */
final class SetupRuns {

    private final Testbed testbed;
    private final Path folder;
    private final List<String> options;

    /** @param options of the command that name the server */
    SetupRuns(Testbed testbed, Path folder, String... options) {
        this.testbed = testbed;
        this.folder = folder;
        this.options = List.of(options);
    }

    /** A run on a configuration without anything of ours. The password is not shown. */
    Outcome firstRun() throws IOException {
        Outcome first = setup("--yes");
        assertThat(first.status()).as("%s", first).isZero();
        assertThat(first.out()).contains("missing  ", "Left to do:");
        Path password = folder.resolve("connection/devstatectl.password");
        assertThat(modeOf(password)).isEqualTo("rw-------");
        assertThat(Files.readString(password).strip()).hasSize(32);
        assertThat(first.out() + first.err())
                .doesNotContain(Files.readString(password).strip());
        return first;
    }

    /** A second run makes the first site, an Asterisk publishes, and a third run changes nothing. */
    void useIt(XmppServer server) throws Exception {
        Outcome second = setup("--yes");
        assertThat(second.status()).as("%s", second).isZero();
        assertThat(second.out()).contains("No file has to be changed", "The site main is added", "Copy xmpp.conf");
        publishFromTheFirstAsterisk(server);
        Outcome third = setup("--yes");
        assertThat(third.status()).as("%s", third).isZero();
        assertThat(third.out())
                .contains("No file has to be changed", "Nothing is left to do")
                .doesNotContain("missing  ");
    }

    /** Undoes all. */
    void undo() {
        Outcome undo = setup("--undo", "--yes");
        assertThat(undo.status()).as("%s", undo).isZero();
    }

    /** The service may end its session, too, so that it logs in and subscribes again. */
    private void publishFromTheFirstAsterisk(XmppServer server) throws Exception {
        Path files = folder.resolve("pbx1-files");
        Release release = testbed.orOther(Release.V22);
        try (Asterisk first = Asterisk.startEnrolled(testbed, release, folder, "pbx1", 1, server, files)) {
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

    Outcome setup(String... more) {
        List<String> all = new ArrayList<>(List.of("setup", "--domain", "example.net", "--server-host", "127.0.0.1"));
        all.addAll(options);
        all.addAll(List.of("--component-dir", folder.resolve("own").toString()));
        all.addAll(List.of("--output-dir", folder.resolve("pbx1-files").toString()));
        all.addAll(List.of(more));
        return ctl(all.toArray(String[]::new));
    }

    private Outcome ctl(String... arguments) {
        Path config = folder.resolve("connection/devstatectl.conf");
        return CtlInProcess.run(Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString()))
                .toArray(String[]::new));
    }

    static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** The content of each file of a folder, a character for each byte. */
    static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
