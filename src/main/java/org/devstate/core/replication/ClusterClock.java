// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;

/**
 * The clock of a node, set forward to that of the node whose clock is ahead of all others. So of two changes at two nodes the later one has
 * the later time, as long as they are further apart than a message takes. Thread-safe.
 */
public final class ClusterClock implements Clock {

    /**
     * The time of a node.
     *
     * @param clock its clock
     * @param scheduler runs what is to be done later
     */
    public record Timing(ClusterClock clock, Scheduler scheduler) {}

    /** A clock that is further ahead is wrong, and is not followed. */
    static final long MOST_MS = 60_000;

    private final Clock own;
    private final AtomicLong aheadMs = new AtomicLong();

    public ClusterClock(Clock own) {
        this.own = own;
    }

    @Override
    public long wallMs() {
        return own.wallMs() + aheadMs.get();
    }

    @Override
    public long monotonicNanos() {
        return own.monotonicNanos();
    }

    /** Another node sent a message when its clock showed {@code wallMs}. */
    void follow(long wallMs) {
        long ahead = wallMs - own.wallMs();
        if (ahead <= MOST_MS) {
            aheadMs.accumulateAndGet(ahead, Math::max);
        }
    }

    /** How far this node's own clock is behind, in milliseconds. */
    public long behindMs() {
        return aheadMs.get();
    }
}
