package org.devstate.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.devstate.bench.load.Crowd;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.Quiet;
import org.devstate.bench.report.Failure;
import org.devstate.bench.report.Figure;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.report.Sheet;
import org.devstate.bench.servers.Contestant;
import org.devstate.bench.servers.Users;

/**
 * The server of a measurement, and the sheet of its figures.
 *
 * @param round from 1
 */
public record Arena(Contestant server, EventLoop loop, Sheet sheet, Delaying delaying, Scale scale, int round) {

    /** Delays of all rounds together, by measurement and server. */
    public static final class Delaying {
        private final Map<String, Map<String, Histogram>> all = new TreeMap<>();

        void add(String what, String server, Histogram delays) {
            all.computeIfAbsent(what, key -> new TreeMap<>())
                    .computeIfAbsent(server, key -> new Histogram(3))
                    .add(delays);
        }

        public Map<String, Map<String, Histogram>> all() {
            return all;
        }
    }

    void put(String what, String unit, Better better, double value) {
        sheet.add(new Figure(what, unit, better, server.title(), round, value));
    }

    void fail(String what, String mark, String reason) {
        sheet.fail(new Failure(what, server.title(), round, mark, reason));
    }

    /** Publishers and subscribers, logged in. */
    Crowd crowd(int publishers, int receivers, int devices) {
        return crowd(publishers, Users.receivers(0, receivers), devices);
    }

    Crowd crowd(int publishers, List<String> receivers, int devices) {
        Crowd crowd = new Crowd(loop, server.address(), devices);
        try {
            crowd.addPublishers(Users.publishers(publishers));
            crowd.addReceivers(receivers);
            return crowd;
        } catch (RuntimeException e) {
            crowd.close();
            throw e;
        }
    }

    /** Notes errors at the end, and leaves nothing behind at the server. */
    void finish(String what, Crowd crowd, Quiet quiet) {
        if (!quiet.isRight()) {
            fail(
                    what,
                    "WRONG",
                    quiet.wrong() + " final states are wrong at receivers, " + quiet.unanswered()
                            + " publishes were not answered; the last notification came "
                            + (quiet.end().atNanos() - quiet.end().lastHeardNanos()) / 1_000_000
                            + " ms before we gave up");
        }
        if (quiet.end().rejected() > 0 || crowd.complaints().count() > 0) {
            fail(
                    what,
                    "ERRORS",
                    quiet.end().rejected() + " publishes rejected; "
                            + crowd.complaints().count() + " complaints: "
                            + crowd.complaints().first());
        }
        if (loop.failures().count() > 0) {
            fail(what, "ERRORS", "in the generator: " + loop.failures().first());
        }
        crowd.removeReceivers();
        if (server.isOurs()) {
            crowd.withdraw();
        }
    }

    static void pause(double seconds) {
        long until = System.nanoTime() + Math.round(seconds * 1e9);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
