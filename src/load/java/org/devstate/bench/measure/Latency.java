// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.Delays;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.OneByOne;
import org.devstate.bench.load.PacedLoad;
import org.devstate.bench.load.Tally;
import org.devstate.bench.report.Figure.Better;

/**
 * How long it takes from a publish to the subscribers: one at a time, at half of the server's peak, and, if its peak is above that, at the
 * same rate for all servers.
 */
public final class Latency implements Measurement {

    private static final int SUBSCRIBERS = 5;

    /** Publishes a second. */
    private static final double FIXED_RATE = 10_000;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void run(Arena arena) {
        oneAtATime(arena);
        underLoad(arena);
    }

    private static void oneAtATime(Arena arena) {
        String what = "latency, one at a time: ";
        try (ClientGroup group = arena.group(1, 1, Throughput.DEVICES)) {
            OneByOne oneByOne = new OneByOne(group);
            oneByOne.run(arena.scale().samples() / 10, LIMIT);
            Delays delays = new Delays(group);
            delays.start();
            oneByOne.run(arena.scale().samples(), LIMIT);
            write(arena, what, delays.stop());
            arena.finish(what, group, FinalState.await(group, LIMIT));
        }
    }

    private static void underLoad(Arena arena) {
        double peak;
        try (ClientGroup group = arena.group(Throughput.PUBLISHERS, SUBSCRIBERS, Throughput.DEVICES)) {
            peak = peak(arena, group);
            paced(arena, "latency, at half the maximum: ", group, peak / 2);
        }
        if (peak > FIXED_RATE) {
            try (ClientGroup group = arena.group(Throughput.PUBLISHERS, SUBSCRIBERS, Throughput.DEVICES)) {
                paced(arena, "latency, at a fixed rate: ", group, FIXED_RATE);
            }
        }
    }

    private static void paced(Arena arena, String what, ClientGroup group, double rate) {
        arena.put(what + "rate", "/s", Better.NEITHER, rate);
        Delays delays = new Delays(group);
        PacedLoad pacing = new PacedLoad(group, Integer.MAX_VALUE);
        pacing.run(rate, arena.scale().warmUpSeconds());
        delays.start();
        pacing.run(rate, arena.scale().seconds());
        FinalState finalState = FinalState.await(group, LIMIT);
        write(arena, what, delays.stop());
        arena.finish(what, group, finalState);
    }

    /** The server's publishes a second at its peak, measured just before. */
    private static double peak(Arena arena, ClientGroup group) {
        Flood flood = new Flood(group, Throughput.UNDER_WAY);
        flood.start();
        Arena.pause(arena.scale().warmUpSeconds());
        Tally before = Tally.of(group);
        Arena.pause(arena.scale().seconds() / 2);
        Tally after = Tally.of(group);
        flood.stop();
        FinalState.await(group, LIMIT);
        return Math.max(2, Math.min(after.answeredPerSecond(before), after.receivedPerSecond(before) / SUBSCRIBERS));
    }

    private static void write(Arena arena, String what, Histogram delays) {
        arena.put(what + "p50", "ms", Better.LOWER, delays.getValueAtPercentile(50) / 1e6);
        arena.put(what + "p99", "ms", Better.LOWER, delays.getValueAtPercentile(99) / 1e6);
        arena.put(what + "p99.9", "ms", Better.LOWER, delays.getValueAtPercentile(99.9) / 1e6);
        arena.put(what + "longest", "ms", Better.LOWER, delays.getMaxValue() / 1e6);
        arena.put(what + "counted", "", Better.NEITHER, (double) delays.getTotalCount());
        arena.delayHistograms().add(what, arena.server().title(), delays);
    }
}
