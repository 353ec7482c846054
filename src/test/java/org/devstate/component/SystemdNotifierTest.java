// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifications for systemd, with a program that records them in the place of systemd-notify. */
final class SystemdNotifierTest {

    @TempDir
    private Path folder = Path.of("");

    private Path program = Path.of("");
    private Path calls = Path.of("");

    @BeforeEach
    void makeProgram() throws IOException {
        program = folder.resolve("systemd-notify");
        calls = folder.resolve("calls");
        Files.createFile(calls);
        Files.writeString(program, "#!/bin/sh\n(IFS='|'; echo \"$*\" >> " + calls + ")\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theConnectedComponentIsReadyAndTheLatestStatusLeavesLast() {
        SystemdNotifier systemd = new SystemdNotifier("/run/systemd/notify", program.toString());

        systemd.waiting("unknown host 'x'");
        systemd.connected("127.0.0.1:5347");
        systemd.waiting("the connection is lost");

        Await.until("three notifications", Duration.ofSeconds(10), () -> calls().size() == 3);
        assertThat(calls())
                .containsExactly(
                        "--status=Not connected: unknown host 'x'",
                        "--ready|--status=Connected to 127.0.0.1:5347",
                        "--status=Not connected: the connection is lost");
    }

    /** A line of its own would be another assignment, such as of the main process. */
    @Test
    void aReasonWithLineEndsIsOneLine() {
        new SystemdNotifier("/run/systemd/notify", program.toString()).waiting("rejected\r\nMAINPID=1");

        Await.until("a notification", Duration.ofSeconds(10), () -> !calls().isEmpty());
        assertThat(calls()).containsExactly("--status=Not connected: rejected MAINPID=1");
    }

    @Test
    void aProcessThatSystemdHasNotStartedRunsNoProgram() throws Exception {
        new SystemdNotifier(null, program.toString()).connected("127.0.0.1:5347");
        new SystemdNotifier("", program.toString()).connected("127.0.0.1:5347");
        new SystemdNotifier("/run/systemd/notify", program.toString()).waiting("the last");

        Await.until("a notification", Duration.ofSeconds(10), () -> !calls().isEmpty());
        Thread.sleep(200);
        assertThat(calls()).containsExactly("--status=Not connected: the last");
    }

    private List<String> calls() {
        try {
            return Files.readAllLines(calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
