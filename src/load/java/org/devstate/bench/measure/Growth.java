// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import java.util.List;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.Delays;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.OneByOne;
import org.devstate.bench.report.Figure.Better;

/** A server with more and more subscribers. */
public final class Growth implements Measurement {

    /** The prefix of the figures with so many subscribers. */
    public static final String PREFIX = "growth, %d subscribers: ";

    public static final String NOTIFICATIONS = "notifications";
    public static final String P50 = "p50";

    /** Subscribers, step by step. */
    public static final List<Integer> STEPS = List.of(10, 30, 100, 300, 1_000);

    private static final int PUBLISHERS = 2;
    private static final int UNDER_WAY = 10;
    private static final int DEVICES = 4_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public void run(Arena arena) {
        for (int subscribers : STEPS) {
            if (subscribers <= arena.scale().subscribers() && !run(arena, subscribers)) {
                return; // with more, it would only be further behind
            }
        }
    }

    /** Returns whether the server was done with it in the end. */
    private static boolean run(Arena arena, int subscribers) {
        String what = PREFIX.formatted(subscribers);
        try (ClientGroup group = arena.group(PUBLISHERS, subscribers, DEVICES)) {
            Stretch stretch = Stretch.of(arena, group, UNDER_WAY);
            arena.put(what + NOTIFICATIONS, "/s", Better.HIGHER, stretch.receivedPerSecond());
            arena.put(what + "acknowledged", "/s", Better.HIGHER, stretch.answeredPerSecond());
            arena.put(what + "generator's CPU", "cores", Better.NEITHER, stretch.generatorCores());
            FinalState finalState = FinalState.await(group, LIMIT);
            if (!finalState.isRight()) {
                arena.finish(what, group, finalState);
                return false;
            }
            Delays delays = new Delays(group);
            delays.start();
            new OneByOne(group).run(arena.scale().samples() / 10, Duration.ofSeconds(10));
            arena.put(what + P50, "ms", Better.LOWER, delays.stop().getValueAtPercentile(50) / 1e6);
            arena.finish(what, group, FinalState.await(group, LIMIT));
            return true;
        }
    }
}
