// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.AsteriskPair;
import org.devstate.bench.servers.CpuTime;
import org.devstate.testbed.ManagerClient;

/**
 * Two real Asterisk servers of the newest release, in a cluster at two nodes: how long from the change of a device at one, by its manager
 * interface, until the manager interface of the other reports it, one change at a time, and many in one go.
 */
public final class AsteriskLatency implements Measurement {

    private static final String WHAT = "Asterisk to Asterisk: ";
    private static final String AT_ONCE = "Asterisk to Asterisk, 3,000 at once: ";
    private static final String DEVICE = "Custom:bench";

    /** They change in turn, so that none changes again within its window. */
    private static final int DEVICES = 20;

    /** Before those that count; after them, all devices are free. */
    private static final int FIRST = 2 * DEVICES;

    private static final List<String> MANY =
            IntStream.range(0, 3_000).mapToObj(i -> "Custom:many" + i).toList();

    private static final Duration LOGIN = Duration.ofSeconds(60);

    /** A change during a login can cost an Asterisk its connection. */
    private static final double SETTLED_SECONDS = 3;

    private static final double PAUSE_SECONDS = 0.02;
    private static final double PAUSE_OF_MANY_SECONDS = 1;

    @Override
    public String name() {
        return "asterisk";
    }

    @Override
    public void run(Arena arena) {
        Path folder = Path.of("target", "bench-servers", "asterisk").toAbsolutePath();
        arena.server().startAsterisks(folder, List.of(DEVICE + 0)).ifPresent(pair -> {
            try (pair) {
                run(arena, pair);
            } finally {
                arena.leaveNothing(List.of(AsteriskPair.PUBLISHER, AsteriskPair.SUBSCRIBER));
            }
        });
    }

    private static void run(Arena arena, AsteriskPair pair) {
        if (!pair.await(LOGIN)) {
            arena.fail(WHAT, "NEVER", "one was not connected within " + LOGIN.toSeconds() + " s");
            return;
        }
        try (ManagerClient changes = pair.from().managerOfStates();
                ManagerClient reports = pair.to().managerOfStates()) {
            Arena.pause(SETTLED_SECONDS);
            StateChanges states = new StateChanges(changes, reports);
            oneByOne(arena, pair, states);
            atOnce(arena, pair, states);
        }
    }

    private static void oneByOne(Arena arena, AsteriskPair pair, StateChanges states) {
        Histogram delays = new Histogram(3);
        Histogram unused = new Histogram(3);
        int samples = arena.scale().samples() / 10;
        if (!change(FIRST, states, unused)) {
            failOneByOne(arena);
            return;
        }
        Work before = Work.of(arena, pair);
        if (!change(samples, states, delays)) {
            failOneByOne(arena);
            return;
        }
        Work after = Work.of(arena, pair);
        arena.put(WHAT + "p50", "ms", Better.LOWER, delays.getValueAtPercentile(50) / 1e6);
        arena.put(WHAT + "p99", "ms", Better.LOWER, delays.getValueAtPercentile(99) / 1e6);
        arena.put(WHAT + "counted", "", Better.NEITHER, (double) delays.getTotalCount());
        after.write(arena, WHAT, before, samples);
        arena.delayHistograms().add(WHAT, arena.server().title(), delays);
    }

    private static void failOneByOne(Arena arena) {
        arena.fail(WHAT, "NEVER", "a change was not reported within " + StateChanges.LIMIT.toSeconds() + " s");
    }

    /** Returns whether all changes were reported. */
    private static boolean change(int count, StateChanges states, Histogram delays) {
        for (int i = 0; i < count; i++) {
            String device = DEVICE + i % DEVICES;
            Arena.pause(PAUSE_SECONDS);
            OptionalLong nanos = states.change(List.of(device), i / DEVICES % 2 == 0 ? "INUSE" : "NOT_INUSE");
            if (nanos.isEmpty()) {
                return false;
            }
            delays.recordValue(nanos.getAsLong());
        }
        return true;
    }

    /** An even number of times, so that all devices are free at the end. The first two do not count. */
    private static void atOnce(Arena arena, AsteriskPair pair, StateChanges states) {
        int count = 2 + 2 * arena.scale().bursts();
        Histogram delays = new Histogram(3);
        Work before = Work.of(arena, pair);
        for (int i = 0; i < count; i++) {
            Arena.pause(PAUSE_OF_MANY_SECONDS);
            if (i == 2) {
                before = Work.of(arena, pair);
            }
            OptionalLong nanos = states.change(MANY, i % 2 == 0 ? "INUSE" : "NOT_INUSE");
            if (nanos.isEmpty()) {
                arena.fail(
                        AT_ONCE,
                        "WRONG",
                        states.missing() + " final states had not arrived within " + StateChanges.LIMIT.toSeconds()
                                + " s");
                return;
            }
            if (i >= 2) {
                delays.recordValue(nanos.getAsLong());
            }
        }
        Work after = Work.of(arena, pair);
        arena.put(AT_ONCE + "until the last, median", "ms", Better.LOWER, delays.getValueAtPercentile(50) / 1e6);
        arena.put(AT_ONCE + "until the last, longest", "ms", Better.LOWER, delays.getMaxValue() / 1e6);
        after.write(arena, AT_ONCE, before, MANY.size() * (double) delays.getTotalCount());
    }

    /** Processor time up to a moment: of both Asterisk servers, and of what is between them. */
    private record Work(long asteriskNanos, long betweenNanos) {

        static Work of(Arena arena, AsteriskPair pair) {
            return new Work(
                    CpuTime.of(pair.pids()).serverNanos(),
                    CpuTime.of(arena.server().pids()).serverNanos());
        }

        void write(Arena arena, String what, Work before, double changes) {
            double between = betweenNanos - before.betweenNanos;
            double asterisk = asteriskNanos - before.asteriskNanos;
            arena.put(what + "CPU a change, between them", "us", Better.LOWER, between / 1e3 / changes);
            arena.put(what + "CPU a change, both Asterisk", "us", Better.LOWER, asterisk / 1e3 / changes);
        }
    }
}
