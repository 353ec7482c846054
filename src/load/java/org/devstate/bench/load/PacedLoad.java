// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The publishers of a group of clients take turns, by a schedule that waits for no answer. Runs on the thread that calls. */
public final class PacedLoad {

    private final ClientGroup group;
    private final int mostUnanswered;
    private long skipped;

    /**
     * Leaves out publishes if a server is too far behind.
     *
     * @param mostUnanswered beyond so many in all, publishes are left out, and counted
     */
    public PacedLoad(ClientGroup group, int mostUnanswered) {
        this.group = group;
        this.mostUnanswered = mostUnanswered;
    }

    /** Publishes at that rate for that time, one device after another; returns when the last has been sent. */
    public void run(double perSecond, double seconds) {
        List<Publisher> publishers = group.publishers();
        Schedule schedule = new Schedule(System.nanoTime(), perSecond);
        long count = schedule.within(seconds);
        for (long i = 0; i < count; i++) {
            long dueNanos = schedule.dueNanos(i);
            waitUntil(dueNanos);
            Publisher publisher = publishers.get((int) (i % publishers.size()));
            if (publisher.session().isClosed()) {
                skipped++;
            } else if (unanswered(publishers) < mostUnanswered) {
                publish(publisher, dueNanos);
            } else {
                skipped++;
            }
        }
    }

    private static void waitUntil(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void publish(Publisher publisher, long dueNanos) {
        try {
            publisher.publishNext(dueNanos);
            publisher.session().flush();
        } catch (IOException | CancelledKeyException e) {
            publisher.session().failed(e); // its server has gone just now
        }
    }

    private static long unanswered(List<Publisher> publishers) {
        long unanswered = 0;
        for (Publisher publisher : publishers) {
            unanswered += publisher.unanswered();
        }
        return unanswered;
    }

    /** Publishes that were left out, also because the server of their session has gone. */
    public long skipped() {
        return skipped;
    }
}
