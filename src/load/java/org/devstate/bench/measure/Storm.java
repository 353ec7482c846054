// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.Users;

/**
 * Many servers connect at once; each publishes all of its devices and subscribes. Measures how long it takes until each has all states.
 */
public final class Storm implements Measurement {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public void run(Arena arena) {
        int servers = arena.scale().stormServers();
        int devices = arena.scale().stormDevices();
        String what = "storm of " + servers + " servers x " + devices + " devices: ";
        try (ClientGroup group = new ClientGroup(arena.loop(), arena.server().address(), servers * devices)) {
            long startNanos = group.addServers(Users.subscribers(0, servers));
            FinalState finalState = FinalState.await(group, LIMIT);
            if (finalState.isRight()) {
                arena.put(
                        what + "everybody knows everything",
                        "s",
                        Better.LOWER,
                        (finalState.end().lastReceivedNanos() - startNanos) / 1e9);
            }
            arena.put(what + "notifications", "", Better.NEITHER, (double)
                    finalState.end().received());
            arena.finish(what, group, finalState);
        }
    }
}
