// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the processor's instructions for a publish, a further notification and a duplicate. Valgrind's callgrind counts them, as virtual
 * machines mostly lack the processor's own counters; so other work of the machine does not matter. The JVM has its first compiler only, which
 * always makes the same of the same code, and no collector: two runs differ by 1 %. The second compiler makes about a third of it.
 */
final class InstructionRun {

    private static final String VALGRIND = "valgrind";

    /** Publishes of the shorter of two programs; the longer one has twice as many, and only the difference counts. */
    private static final int PUBLISHES = 5_000;

    private static final int SUBSCRIBERS = 10;

    /** A twentieth more than {@link #PUBLISH} and the others is a regression, which the guide {@code performance.md} has to justify. */
    private static final double MARGIN = 1.05;

    private static final int PUBLISH = 30_400;
    private static final int NOTIFICATION = 3_840;
    private static final int DUPLICATE = 19_200;

    /** The figures are those of this release on this processor. */
    private static final int JAVA = 17;

    private static final String PROCESSOR = "amd64";

    private static final Pattern COLLECTED = Pattern.compile("Collected : (\\d+)");

    List<Budget> run() throws IOException, InterruptedException {
        if (!isThere()) {
            return List.of(Budget.none("instructions", "NOT RUN: needs the package valgrind"));
        }
        long one = each(1, "INUSE", "NOT_INUSE");
        long more = each(1 + SUBSCRIBERS, "INUSE", "NOT_INUSE");
        return List.of(
                row("publish, 1 subscriber", one, PUBLISH),
                row("further notification", (more - one) / SUBSCRIBERS, NOTIFICATION),
                row("duplicate", each(1, "INUSE"), DUPLICATE));
    }

    private static Budget row(String what, long instructions, int known) {
        String name = "instructions of a " + what;
        String measured = String.format(Locale.ROOT, "%,d", instructions);
        if (Runtime.version().feature() != JAVA
                || !System.getProperty("os.arch").equals(PROCESSOR)) {
            return Budget.none(name, measured);
        }
        long most = Math.round(known * MARGIN);
        return new Budget(name, measured, String.format(Locale.ROOT, "%,d at most", most), instructions <= most);
    }

    private static boolean isThere() throws InterruptedException {
        try {
            Process version = new ProcessBuilder(VALGRIND, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static long each(int subscribers, String... states) throws IOException, InterruptedException {
        long all = count(subscribers, 2 * PUBLISHES, states);
        return (all - count(subscribers, PUBLISHES, states)) / PUBLISHES;
    }

    private static long count(int subscribers, int publishes, String... states)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                VALGRIND,
                "--tool=callgrind",
                "--callgrind-out-file=/dev/null",
                "--smc-check=all-non-file", // the compiler writes code
                "--vex-iropt-register-updates=allregs-at-mem-access", // the JVM checks for null by faults
                "--vgdb=no",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xmx1g",
                "-Xbatch",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                InstructionLoop.class.getName(),
                String.valueOf(subscribers),
                String.valueOf(publishes)));
        command.addAll(List.of(states));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher collected = COLLECTED.matcher(output);
        if (process.waitFor() != 0 || !collected.find()) {
            throw new IllegalStateException("callgrind failed: " + output);
        }
        return Long.parseLong(collected.group(1));
    }
}
