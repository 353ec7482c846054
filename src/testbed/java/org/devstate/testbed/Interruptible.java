// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that Ctrl-C ends in every run of the tests. A shell without job control starts a command such as {@code scripts/test &} with
 * SIGINT ignored. All its descendants inherit that, and a JVM then leaves the signal ignored.
 */
public final class Interruptible {

    private Interruptible() {}

    /** {@code command} with SIGINT as at a terminal; its process id is that of the command. Needs coreutils 8.31 or newer. */
    public static List<String> command(String... command) {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
        all.addAll(List.of(command));
        return all;
    }

    /** As Ctrl-C does. */
    public static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }
}
