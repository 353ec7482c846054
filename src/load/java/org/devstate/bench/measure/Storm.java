package org.devstate.bench.measure;

import java.time.Duration;
import org.devstate.bench.load.Crowd;
import org.devstate.bench.load.Quiet;
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
        try (Crowd crowd = new Crowd(arena.loop(), arena.server().address(), servers * devices)) {
            long startNanos = crowd.addServers(Users.receivers(0, servers));
            Quiet quiet = Quiet.await(crowd, LIMIT);
            if (quiet.isRight()) {
                arena.put(
                        what + "everybody knows everything",
                        "s",
                        Better.LOWER,
                        (quiet.end().lastHeardNanos() - startNanos) / 1e9);
            }
            arena.put(what + "notifications", "", Better.NEITHER, (double)
                    quiet.end().heard());
            arena.finish(what, crowd, quiet);
        }
    }
}
