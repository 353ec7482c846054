// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import java.util.List;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.Users;

/** How long a server that joins, its login included, takes until it knows all of 10,000 devices. */
public final class JoinMeasurement implements Measurement {

    private static final int DEVICES = 10_000;

    /** Enough to see that nothing is sent. */
    private static final int FEW = 200;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public void run(Arena arena) {
        String what = "snapshot of 10,000 to a server that joins: ";
        int devices = arena.server().isOurs() ? DEVICES : FEW;
        try (ClientGroup group = arena.group(Throughput.PUBLISHERS, List.of(), devices)) {
            new Flood(group, Throughput.UNDER_WAY, devices / Throughput.PUBLISHERS).start();
            FinalState.await(group, LIMIT);
            long startNanos = System.nanoTime();
            group.addSubscribers(Users.subscribers(0, 1));
            FinalState finalState = FinalState.await(group, LIMIT);
            if (finalState.isRight()) {
                arena.put(
                        what + "all known",
                        "ms",
                        Better.LOWER,
                        (finalState.end().lastReceivedNanos() - startNanos) / 1e6);
                arena.finish(what, group, finalState);
            } else {
                arena.fail(
                        what,
                        group.known(0) == 0 ? "never sent" : "NOT ALL",
                        group.known(0) + " of " + devices
                                + " devices were delivered to a subscriber that came after they had been published");
                group.unsubscribeAll();
            }
        }
    }
}
