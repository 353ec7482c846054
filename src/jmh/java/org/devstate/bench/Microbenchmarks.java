// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH classes of this package. */
final class Microbenchmarks {

    private static final double NANOS = 1e9;

    /** The required operations a second of one core. */
    private static final Map<String, Double> ASKED =
            new TreeMap<>(Map.of("publish subscribers=10", 500_000.0, "duplicate", 3_000_000.0));

    private Microbenchmarks() {}

    /** @param quick for figures that only show that it works */
    static List<Budget> run(boolean quick) throws RunnerException {
        List<Budget> rows = new ArrayList<>();
        for (RunResult result : new Runner(options(quick)).run()) {
            rows.add(row(result));
        }
        return rows;
    }

    private static Options options(boolean quick) {
        return new OptionsBuilder()
                .include("org\\.devstate\\.bench\\.[A-Z].*")
                .mode(Mode.Throughput)
                .threads(1)
                .forks(1)
                .warmupIterations(quick ? 1 : 5)
                .warmupTime(TimeValue.seconds(quick ? 1 : 3))
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(TimeValue.seconds(quick ? 1 : 3))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .build();
    }

    private static Budget row(RunResult result) {
        StringBuilder name = new StringBuilder(result.getPrimaryResult().getLabel());
        for (String parameter : result.getParams().getParamsKeys()) {
            name.append(' ')
                    .append(parameter)
                    .append('=')
                    .append(result.getParams().getParam(parameter));
        }
        double perCore = NANOS / secondary(result, CpuProfiler.LABEL);
        String measured = String.format(
                Locale.ROOT,
                "%,.0f/s a core (%,.0f/s wall), %,.0f B/op",
                perCore,
                result.getPrimaryResult().getScore(),
                secondary(result, "gc.alloc.rate.norm"));
        Double asked = ASKED.get(name.toString());
        return asked == null
                ? Budget.none(name.toString(), measured)
                : new Budget(
                        name.toString(),
                        measured,
                        String.format(Locale.ROOT, "%,.0f/s a core", asked),
                        perCore >= asked);
    }

    private static double secondary(RunResult result, String label) {
        for (String key : result.getSecondaryResults().keySet()) {
            if (key.endsWith(label)) {
                return result.getSecondaryResults().get(key).getScore();
            }
        }
        throw new IllegalStateException(
                "no " + label + " of " + result.getPrimaryResult().getLabel());
    }
}
