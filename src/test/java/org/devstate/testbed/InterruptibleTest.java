// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InterruptibleTest {

    private static final int ENDED_BY_SIGINT = 130;

    @Test
    void aCommandIsInterruptedAlthoughItsParentIgnoresTheSignal() throws Exception {
        Process shell = ignoringSigint(Interruptible.command("sh", "-c", "echo ready; exec sleep 100"));
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("ready");
            Interruptible.interrupt(shell);
            assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).isEqualTo(ENDED_BY_SIGINT);
        } finally {
            shell.destroyForcibly();
        }
    }

    /** As {@code scripts/test &} in a script starts its commands. */
    private static Process ignoringSigint(List<String> command) throws Exception {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        all.addAll(command);
        return new ProcessBuilder(all).start();
    }
}
