// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.devstate.bench.measure.Arena;
import org.devstate.bench.measure.AsteriskLatency;
import org.devstate.bench.measure.FlapMeasurement;
import org.devstate.bench.measure.Growth;
import org.devstate.bench.measure.HeapUse;
import org.devstate.bench.measure.JoinMeasurement;
import org.devstate.bench.measure.Latency;
import org.devstate.bench.measure.Login;
import org.devstate.bench.measure.Measurement;
import org.devstate.bench.measure.NodesMeasurement;
import org.devstate.bench.measure.Scale;
import org.devstate.bench.measure.Storm;
import org.devstate.bench.measure.Throughput;
import org.devstate.bench.report.Sheet;
import org.devstate.bench.report.TextTable;
import org.devstate.bench.servers.Contestant;
import org.devstate.bench.servers.NullContestant;
import org.devstate.bench.servers.Users;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Real servers on loopback, with and without ours, measured in one run. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures real servers; called by scripts/bench.")
public final class Main implements Callable<Integer> {

    private static final List<Measurement> ALL = List.of(
            new Login(),
            new Throughput(),
            new Latency(),
            new AsteriskLatency(),
            new JoinMeasurement(),
            new FlapMeasurement(),
            new HeapUse(),
            new Growth(),
            new Storm(),
            new NodesMeasurement());
    private static final int SLOW = 5;

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--rounds")
    private int rounds = 3;

    @Option(names = "--only")
    private String only = "";

    @Option(names = "--what", split = ",")
    private List<String> what = ALL.stream().map(Measurement::name).toList();

    @Option(names = "--storm")
    private String storm = "50x100";

    @Option(names = "--output")
    private Path output = Path.of("target", "bench-results");

    @Option(names = "--component", required = true)
    private Path componentJar = Path.of("");

    @Option(names = "--before")
    private @Nullable Path before;

    private final Sheet sheet = new Sheet();
    private final Arena.DelayHistograms delayHistograms = new Arena.DelayHistograms();

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        Scale scale = scale();
        List<Measurement> measurements =
                ALL.stream().filter(one -> what.contains(one.name())).toList();
        List<String> users = Users.all(Throughput.PUBLISHERS, subscribers(scale), SLOW);
        Path folder = Path.of("target", "bench-servers").toAbsolutePath();
        int turns = quick ? 1 : rounds;
        Map<String, Object> about = new LinkedHashMap<>(Machine.describe());
        about.put("loadBefore", Machine.load());
        about.put("quick", quick);
        System.out.println("bench: " + about);
        System.out.println("bench: takes about " + minutes(measurements, turns) + " minutes; Ctrl-C stops all of it");
        Series series = new Series(sheet, delayHistograms, scale, turns, users, () -> writeJson(about));
        nullTest(series, folder);
        List<List<String>> tables = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        boolean withAsterisk = what.contains(new AsteriskLatency().name());
        for (Match match : new Matches(folder, componentJar, before, users, withAsterisk).of(only)) {
            tables.add(series.run(match, measurements));
            titles.add(match.title());
        }
        about.put("loadAfter", Machine.load());
        report(about, titles, tables);
        return 0;
    }

    /** After each measurement: its figures are not lost if a later one fails. */
    private void writeJson(Map<String, Object> about) {
        JsonFile.write(output.toAbsolutePath().resolve("results.json"), about, sheet);
    }

    private Scale scale() {
        String[] parts = storm.split("x", 2);
        return quick ? Scale.quick() : Scale.full(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** No more accounts than are needed: a Tigase takes a minute to make a thousand. */
    private int subscribers(Scale scale) {
        int growing = what.contains(new Growth().name()) ? scale.subscribers() : 0;
        int joining = what.contains(new NodesMeasurement().name()) ? NodesMeasurement.SUBSCRIBERS + 1 + rounds : 0;
        int storming = what.contains(new Storm().name()) ? scale.stormServers() : 0;
        return Math.max(Throughput.MOST_SUBSCRIBERS, Math.max(joining, Math.max(growing, storming)));
    }

    private void nullTest(Series series, Path folder) {
        try (Contestant server = NullContestant.start(folder.resolve("null"))) {
            series.warm(server);
            for (Measurement measurement : List.of(new Throughput(), new Latency())) {
                Series.print("the generator's own null test: " + measurement.name());
                series.measure(server, measurement, 1);
            }
        }
    }

    /** By the durations when it was written. */
    private long minutes(List<Measurement> measurements, int turns) {
        double servers = Map.of("a", 3, "b", 2, "c", 2).getOrDefault(only, 7);
        double seconds = 60 + servers * (quick ? 15 : 105);
        for (Measurement measurement : measurements) {
            seconds += servers * (measurement.once() ? 75 : turns * 35) * (quick ? 0.3 : 1);
        }
        return Math.round(seconds / 60);
    }

    private void report(Map<String, Object> about, List<String> titles, List<List<String>> tables) {
        Path folder = output.toAbsolutePath();
        writeJson(about);
        Plots plots = new Plots(folder);
        delayHistograms.all().forEach(plots::delays);
        List<String> servers = tables.stream().flatMap(List::stream).toList();
        plots.growth(sheet, servers, Growth.NOTIFICATIONS, "notifications/s");
        plots.growth(sheet, servers, Growth.P50, "ms, publish to notification, one at a time");
        System.out.println("\n" + about + (quick ? "\nQUICK: these figures prove nothing" : ""));
        System.out.println("\nThe generator against a server that does next to nothing\n");
        System.out.println(TextTable.of(sheet, "null server", ""));
        for (int i = 0; i < tables.size(); i++) {
            System.out.println("\n" + titles.get(i) + ": median [least-most] of the rounds\n");
            List<String> stock = new ArrayList<>(tables.get(i));
            String ours = stock.remove(stock.size() - 1);
            System.out.println(TextTable.of(sheet, ours, stock.remove(0)));
            stock.forEach(other -> System.out.println(TextTable.ofBoth(sheet, ours, other)));
        }
        System.out.println("In " + folder + ": results.json, and the plots");
    }
}
