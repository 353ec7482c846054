// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.PacedLoad;
import org.devstate.bench.load.Tally;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.CpuTime;
import org.devstate.bench.servers.Users;

/** A thousand devices that change twenty times a second: how many changes each subscriber receives, with a window of 200 ms in ours. */
public final class FlapMeasurement implements Measurement {

    private static final int DEVICES = 1_000;
    private static final int SUBSCRIBERS = 5;
    private static final double PER_SECOND = 20.0 * DEVICES;

    /** The most unanswered publishes, so that a server can finish within ten minutes; further ones are left out. */
    private static final int MOST_UNANSWERED = 4_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "flapping";
    }

    @Override
    public void run(Arena arena) {
        String what = "1,000 devices flapping 20/s: ";
        double seconds = 2 * arena.scale().seconds();
        try (ClientGroup group = arena.group(Throughput.PUBLISHERS, Users.slow(SUBSCRIBERS), DEVICES)) {
            PacedLoad pacing = new PacedLoad(group, MOST_UNANSWERED);
            Tally before = Tally.of(group);
            CpuTime cpuBefore = CpuTime.of(arena.server().pids());
            pacing.run(PER_SECOND, seconds);
            Tally after = Tally.of(group);
            CpuTime cpu = CpuTime.of(arena.server().pids()).since(cpuBefore);
            FinalState finalState = FinalState.await(group, LIMIT);
            double took = after.secondsSince(before);
            arena.put(what + "published", "/s", Better.NEITHER, (after.sent() - before.sent()) / took);
            arena.put(
                    what + "notifications a subscriber",
                    "/s",
                    Better.LOWER,
                    after.receivedPerSecond(before) / SUBSCRIBERS);
            arena.put(
                    what + "bytes a subscriber",
                    "kB/s",
                    Better.LOWER,
                    (after.bytes() - before.bytes()) / took / SUBSCRIBERS / 1e3);
            arena.put(what + "server's CPU", "cores", Better.LOWER, cpu.serverNanos() / 1e9 / took);
            arena.put(what + "generator's CPU", "cores", Better.NEITHER, cpu.loadNanos() / 1e9 / took);
            arena.put(
                    what + "left out as unanswered",
                    "%",
                    Better.NEITHER,
                    100 * pacing.skipped() / (PER_SECOND * seconds));
            arena.put(what + "final states wrong", "", Better.NEITHER, (double) finalState.wrong());
            arena.finish(what, group, finalState);
        }
    }
}
