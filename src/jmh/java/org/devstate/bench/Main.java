// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** All measurements of the core alone, with the table at the end. Called by scripts/bench-core. */
public final class Main {

    private static final Path PLOTS = Path.of("target", "bench-core-results");

    private Main() {}

    /** @param arguments {@code --quick}, {@code --instructions}, or nothing */
    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        if (List.of(arguments).contains("--instructions")) {
            List<Budget> rows = new InstructionRun().run();
            print(rows);
            System.exit(rows.stream().allMatch(Budget::met) ? 0 : 1);
        }
        boolean quick = List.of(arguments).contains("--quick");
        double loadBefore = load();
        List<Budget> rows = measure(quick);
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "%d processors, Java %s, load of the machine %.1f at the beginning, %.1f at the end%s%n%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                loadBefore,
                load(),
                quick ? "; QUICK: these figures prove nothing" : "");
        print(rows);
        System.out.println();
        System.out.println("plots of growth: " + PLOTS);
    }

    private static List<Budget> measure(boolean quick) throws RunnerException, IOException, InterruptedException {
        List<Budget> rows = new ArrayList<>();
        System.out.println("1 of 7: heap of a million entries");
        rows.add(new HeapRun().run());
        System.out.println("2 of 7: snapshot");
        rows.add(new SnapshotRun().run());
        System.out.println("3 of 7: flapping devices");
        rows.add(new FlappingRun().run());
        System.out.println("4 of 7: changes of a policy");
        rows.addAll(new PolicyRun(quick).run());
        System.out.println("5 of 7: growth");
        rows.addAll(new GrowthRun(quick, PLOTS).run());
        if (!quick) {
            System.out.println("6 of 7: instructions");
            rows.addAll(new InstructionRun().run());
        }
        System.out.println("7 of 7: JMH");
        rows.addAll(0, Microbenchmarks.run(quick));
        return rows;
    }

    private static void print(List<Budget> rows) {
        System.out.println(
                new Budget("what", "measured", "asked for", true).row().replaceAll(" met$", ""));
        rows.forEach(row -> System.out.println(row.row()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
