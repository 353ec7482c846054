// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.Tally;
import org.devstate.bench.report.Figure.Better;

/** How many publishes are answered in a second, with some subscribers, and how long it takes until all notifications have arrived. */
public final class Throughput implements Measurement {

    /** The number of publishers. */
    public static final int PUBLISHERS = 4;

    /** So many that none comes round within our windows: only notifications that a subscriber is behind with are coalesced. */
    static final int DEVICES = 10_000;

    static final int UNDER_WAY = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The greatest number of subscribers. */
    public static final int MOST_SUBSCRIBERS = 50;

    private static final int[] SUBSCRIBERS = {1, 5, MOST_SUBSCRIBERS};

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public void run(Arena arena) {
        for (int subscribers : SUBSCRIBERS) {
            run(arena, subscribers);
        }
    }

    /** Has the server do so much that its compiler is done; nothing is written down. */
    public static void warm(Arena arena) {
        try (ClientGroup group = arena.group(PUBLISHERS, SUBSCRIBERS[1], DEVICES)) {
            Flood flood = new Flood(group, UNDER_WAY);
            flood.start();
            Arena.pause(arena.scale().heatSeconds());
            flood.stop();
            arena.finish("warming up: ", group, FinalState.await(group, LIMIT));
        }
    }

    private static void run(Arena arena, int subscribers) {
        String what = "throughput, " + subscribers + " subscribers: ";
        try (ClientGroup group = arena.group(PUBLISHERS, subscribers, DEVICES)) {
            Stretch stretch = Stretch.of(arena, group, UNDER_WAY);
            FinalState finalState = FinalState.await(group, LIMIT);
            write(arena, what, stretch);
            writeEnd(arena, what, subscribers, stretch, finalState.end());
            arena.finish(what, group, finalState);
        }
    }

    private static void write(Arena arena, String what, Stretch stretch) {
        arena.put(what + "acknowledged", "/s", Better.HIGHER, stretch.answeredPerSecond());
        arena.put(what + "notifications", "/s", Better.HIGHER, stretch.receivedPerSecond());
        arena.put(what + "CPU a publish", "us", Better.LOWER, stretch.serverMicrosAPublish());
        arena.put(what + "server's CPU", "cores", Better.NEITHER, stretch.serverCores());
        arena.put(what + "generator's CPU", "cores", Better.NEITHER, stretch.generatorCores());
    }

    private static void writeEnd(Arena arena, String what, int subscribers, Stretch stretch, Tally end) {
        double seconds = (end.lastReceivedNanos() - stretch.begin().atNanos()) / 1e9;
        arena.put(
                what + "delivered to each subscriber, to the last",
                "/s",
                Better.HIGHER,
                end.received() / seconds / subscribers);
        arena.put(
                what + "last notification after the stop",
                "ms",
                Better.LOWER,
                Math.max(0, end.lastReceivedNanos() - stretch.after().atNanos()) / 1e6);
        double coalesced = 100.0 * (1 - end.received() / ((double) end.sent() * subscribers));
        arena.put(what + "coalesced", "%", Better.NEITHER, coalesced);
    }
}
