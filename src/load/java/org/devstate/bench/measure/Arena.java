// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.FinalState;
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
public record Arena(
        Contestant server, EventLoop loop, Sheet sheet, DelayHistograms delayHistograms, Scale scale, int round) {

    /** Delays of all rounds together, by measurement and server. */
    public static final class DelayHistograms {
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
    ClientGroup group(int publishers, int subscribers, int devices) {
        return group(publishers, Users.subscribers(0, subscribers), devices);
    }

    ClientGroup group(int publishers, List<String> subscribers, int devices) {
        ClientGroup group = new ClientGroup(loop, server.address(), devices);
        try {
            group.addPublishers(Users.publishers(publishers), server.publishersAt());
            group.addSubscribers(subscribers, server.subscribersAt());
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    /** Notes errors at the end, and leaves nothing behind at the server. */
    void finish(String what, ClientGroup group, FinalState finalState) {
        if (!finalState.isRight()) {
            fail(
                    what,
                    "WRONG",
                    finalState.wrong() + " final states are wrong at subscribers, " + finalState.unanswered()
                            + " publishes were not answered; the last notification came "
                            + (finalState.end().atNanos() - finalState.end().lastReceivedNanos()) / 1_000_000
                            + " ms before we gave up");
        }
        if (finalState.end().rejected() > 0 || group.errors().count() > 0) {
            fail(
                    what,
                    "ERRORS",
                    finalState.end().rejected() + " publishes rejected; "
                            + group.errors().count() + " errors: "
                            + group.errors().first());
        }
        if (loop.failures().count() > 0) {
            fail(what, "ERRORS", "in the generator: " + loop.failures().first());
        }
        group.unsubscribeAll();
        if (server.isOurs()) {
            group.withdraw();
        }
    }

    /** Removes the subscriptions and states of real Asterisk servers with those accounts: they would disturb the next measurement. */
    void leaveNothing(List<String> users) {
        if (!server.takesClients()) {
            return;
        }
        try (ClientGroup group = new ClientGroup(loop, server.address(), users.size())) {
            group.addSubscribers(users);
            group.unsubscribeAll();
            if (server.isOurs()) {
                group.addPublishers(users);
                group.withdraw();
            }
        }
    }

    static void pause(double seconds) {
        long until = System.nanoTime() + Math.round(seconds * 1e9);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
