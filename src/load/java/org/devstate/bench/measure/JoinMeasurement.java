package org.devstate.bench.measure;

import java.time.Duration;
import java.util.List;
import org.devstate.bench.load.Crowd;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.Quiet;
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
        try (Crowd crowd = arena.crowd(Throughput.PUBLISHERS, List.of(), devices)) {
            new Flood(crowd, Throughput.UNDER_WAY, devices / Throughput.PUBLISHERS).start();
            Quiet.await(crowd, LIMIT);
            long startNanos = System.nanoTime();
            crowd.addReceivers(Users.receivers(0, 1));
            Quiet quiet = Quiet.await(crowd, LIMIT);
            if (quiet.isRight()) {
                arena.put(what + "all known", "ms", Better.LOWER, (quiet.end().lastHeardNanos() - startNanos) / 1e6);
                arena.finish(what, crowd, quiet);
            } else {
                arena.fail(
                        what,
                        crowd.known(0) == 0 ? "never sent" : "NOT ALL",
                        crowd.known(0) + " of " + devices
                                + " devices were told to a receiver that came after they had been published");
                crowd.removeReceivers();
            }
        }
    }
}
