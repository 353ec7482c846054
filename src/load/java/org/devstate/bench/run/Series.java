// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.measure.Arena;
import org.devstate.bench.measure.Measurement;
import org.devstate.bench.measure.Scale;
import org.devstate.bench.measure.Throughput;
import org.devstate.bench.report.Failure;
import org.devstate.bench.report.Sheet;
import org.devstate.bench.servers.Contestant;
import org.devstate.bench.servers.Idleness;

/** Measures servers side by side, round after round. An error of one is noted, and does not stop the rest. */
record Series(
        Sheet sheet,
        Arena.DelayHistograms delayHistograms,
        Scale scale,
        int rounds,
        List<String> users,
        Runnable onFigures) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;

    /** Starts them, measures, stops them; returns their names in the table. */
    List<String> run(Match match, List<Measurement> measurements) {
        List<Contestant> servers = new ArrayList<>();
        try {
            for (Supplier<Contestant> starter : match.starters()) {
                print("starting one of " + match.starters().size() + " servers: " + match.title());
                servers.add(starter.get());
            }
            servers.forEach(this::prepare);
            for (int round = 1; round <= rounds; round++) {
                for (Measurement measurement : measurements) {
                    if (round == 1 || !measurement.once()) {
                        measure(servers, measurement, round);
                    }
                }
            }
            return servers.stream().map(Contestant::title).toList();
        } finally {
            servers.forEach(Contestant::close);
        }
    }

    private void prepare(Contestant server) {
        if (!server.takesClients()) {
            return;
        }
        print("making " + users.size() + " accounts: " + server.title());
        try (EventLoop loop = new EventLoop()) {
            server.prepare(loop, users);
        }
        warm(server);
    }

    /** A server that has just started may lose an answer, which stock Tigase does; then it is tried again. */
    void warm(Contestant server) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            print("warming up: " + server.title());
            try (EventLoop loop = new EventLoop()) {
                Throughput.warm(new Arena(server, loop, sheet, delayHistograms, scale, 0));
                return;
            } catch (RuntimeException e) {
                print("FAILED: " + e.getMessage());
            }
        }
        sheet.fail(new Failure("warming up", server.title(), 0, "FAILED", ATTEMPTS + " times"));
    }

    /** The first server of one round is the last of the next. */
    private void measure(List<Contestant> servers, Measurement measurement, int round) {
        List<Contestant> order = new ArrayList<>(servers);
        order.removeIf(server -> !server.takesPartIn(measurement.name()));
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        for (Contestant server : order) {
            servers.forEach(each -> calm(each, measurement, round));
            print("round " + round + " of " + (measurement.once() ? 1 : rounds) + ": " + measurement.name() + ", "
                    + server.title());
            measure(server, measurement, round);
            onFigures.run();
        }
    }

    /** A server that is still busy with its last measurement would disturb the other, too. */
    private void calm(Contestant server, Measurement measurement, int round) {
        if (!Idleness.await(List.of(server), LIMIT)) {
            boolean restarted = server.restart();
            String end = restarted ? "; it was restarted" : "; all is measured beside that";
            String reason = "still busy with what came before, after " + LIMIT.toSeconds() + " s" + end;
            print(server.title() + ": " + reason);
            sheet.fail(new Failure(measurement.name(), server.title(), round, "BUSY", reason));
            if (restarted) {
                warm(server);
            }
        }
    }

    /** With a loop of its own: nothing of one measurement disturbs the next. */
    void measure(Contestant server, Measurement measurement, int round) {
        try (EventLoop loop = new EventLoop()) {
            measurement.run(new Arena(server, loop, sheet, delayHistograms, scale, round));
        } catch (RuntimeException | AssertionError e) {
            print("FAILED: " + e.getMessage());
            sheet.fail(
                    new Failure(measurement.name(), server.title(), round, "FAILED", String.valueOf(e.getMessage())));
        }
    }

    static void print(String what) {
        System.out.printf("%tT %s%n", System.currentTimeMillis(), what);
    }
}
