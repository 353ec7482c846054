// SPDX-License-Identifier: Apache-2.0
package org.devstate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.devstate.testbed.Await;
import org.devstate.testbed.DebianRoot;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The installed component, by the command of its unit, beside a real Prosody: what it reports to systemd, whose socket a test reads. */
@Tag("e2e")
@Timeout(180)
final class ReadinessOnProsodyIT {

    private static final Path TARGET = Path.of(System.getProperty("devstate.target"));
    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    /** The socket of systemd: each datagram is a line. */
    private static final String SOCKET =
            "exec perl -MSocket -e 'socket(S, PF_UNIX, SOCK_DGRAM, 0) or die; bind(S, sockaddr_un(\"/run/notify\")) or die;"
                    + " chmod 0666, \"/run/notify\"; $| = 1;"
                    + " while (defined recv(S, $m, 65536, 0)) { $m =~ s/\\n/|/g; print \"$m\\n\" if $m && $m !~ /^BARRIER/ }'";

    /** The unit's own command, user and folder. */
    private static final String START =
            """
            command=$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/tigase-devstate-component.service)
            export NOTIFY_SOCKET=/run/notify STATE_DIRECTORY=/var/lib/tigase-devstate
            exec setpriv --reuid=tigase-devstate --regid=tigase-devstate --init-groups $command
            """;

    @TempDir
    Path folder;

    @Test
    void itIsReadyOnlyWhenItHasConnectedAndItsStatusIsTheReasonWhyItHasNot() {
        Optional<String> whyNot = DebianRoot.whyNot();
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
        Path prosodyFolder = Path.of(System.getProperty("devstate.target"), "e2e", "ReadinessOnProsodyIT");
        try (Prosody prosody = Prosody.start(Testbed.find(), prosodyFolder.toAbsolutePath(), JAR);
                DebianRoot root = DebianRoot.lay(TARGET)) {
            assumeTrue(
                    root.run("command -v systemd-notify || true").contains("systemd-notify"),
                    "NOT RUN: the component notifies by systemd-notify, which this machine lacks");
            prosody.stopComponent(false);
            prosody.stopServer(false);
            root.run("dpkg --force-depends --install /packages/tigase-devstate-component_*_all.deb");
            root.run(
                    "sed -i 's/devstate.example.net\"$/%s\"/; s/change me/%s/; s/port = 5347/port = %d/' /etc/tigase-devstate/component.conf"
                            .formatted(prosody.service(), Prosody.SECRET, prosody.componentPort()));

            try (ServerProcess socket = root.start(folder.resolve("notifications"), SOCKET)) {
                root.run("for i in $(seq 100); do test -S /run/notify && break; sleep 0.1; done");
                try (ServerProcess component = root.start(folder.resolve("component.log"), START)) {
                    Await.until("it waits", Duration.ofSeconds(30), () -> socket.output()
                            .contains("STATUS=Not connected: no component connections are accepted"));
                    assertThat(socket.output()).doesNotContain("READY");

                    prosody.startServer();
                    Await.until("it is ready", Duration.ofSeconds(30), () -> socket.output()
                            .contains("READY=1"));
                    assertThat(component.output()).contains("Connected to 127.0.0.1:" + prosody.componentPort());
                    assertThat(lastLine(socket)).contains("STATUS=Connected to 127.0.0.1:" + prosody.componentPort());

                    prosody.stopServer(true);
                    Await.until("it waits again", Duration.ofSeconds(30), () -> lastLine(socket)
                            .contains("Not connected"));

                    component.signal("TERM");
                    Await.until("it ends", Duration.ofSeconds(15), () -> !component.isAlive());
                    assertThat(component.exitStatus()).isEqualTo(143);
                }
            }
            assertThat(root.run("stat -c '%U %a' /var/lib/tigase-devstate/devstate.mv.db"))
                    .startsWith("tigase-devstate ");
        }
    }

    private static String lastLine(ServerProcess process) {
        List<String> lines = process.output().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
