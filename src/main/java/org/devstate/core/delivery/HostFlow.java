// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.devstate.core.spi.Clock;
import org.devstate.core.spi.HostQueue;

/**
 * Limits the notifications to all subscribers together, so that the host is not flooded. Snapshots have a rate, and wait while the host
 * has not sent some of its stanzas: so servers that come back all at once after a restart are served one after another, and changes
 * find the way free. Changes wait only while the host has a lot left: they are coalesced here, and leave together when that is sent;
 * otherwise they would only fill its memory. The host's stanzas may be of others, though, so changes do not wait for them for good. If
 * there are many changes, those of one subscriber leave several at a time ({@link BatchDelay}). Thread-safe; under races it may let
 * somewhat more pass.
 */
final class HostFlow {

    /** As long as so many stanzas wait in the host, no snapshot goes on, and changes wait for a while. */
    static final int MANY_WAITING = 1_000;

    /** As long as so many do, no change leaves. */
    static final int MOST_WAITING_CHANGES = 10_000;

    /** Milliseconds after which changes leave though many stanzas wait. */
    static final long PATIENCE_MS = 200;

    /** Milliseconds after which it is looked at again how many wait. */
    static final long LOOK_AGAIN_MS = 5;

    private final Clock clock;
    private final HostQueue hostQueue;
    private final BatchDelay gathering = new BatchDelay(Runtime.getRuntime().availableProcessors());
    private RateLimit rateLimit = new RateLimit(0, 0);

    /** @param hostQueue how many stanzas wait in the host */
    HostFlow(Clock clock, HostQueue hostQueue) {
        this.clock = clock;
        this.hostQueue = hostQueue;
    }

    synchronized void setRate(int perSecond) {
        rateLimit = new RateLimit(perSecond, clock.monotonicNanos());
    }

    /**
     * Whether changes may go now; if not, look again in {@value #LOOK_AGAIN_MS} ms.
     *
     * @param heldNanos for how long they have been held up by that
     */
    boolean takesChanges(long heldNanos) {
        boolean patient = heldNanos < MILLISECONDS.toNanos(PATIENCE_MS);
        return hostQueue.waiting() < (patient ? MANY_WAITING : MOST_WAITING_CHANGES);
    }

    /** Counts a go of a subscriber's changes. Returns how long its next ones are to be gathered. */
    long restNanos(int changes, long nowNanos) {
        return gathering.restNanos(changes, nowNanos);
    }

    /** How many entries of snapshots may go now, but no more than {@code most}. */
    int allow(int most, long nowNanos) {
        if (isHeldUp()) {
            return 0;
        }
        synchronized (this) {
            return rateLimit.allow(most, nowNanos);
        }
    }

    /** Subtracts the notifications that have left. */
    synchronized void spend(int count) {
        rateLimit.spend(count);
    }

    /** When to ask again for so many. */
    long nextNanos(int count, long nowNanos) {
        if (isHeldUp()) {
            return nowNanos + MILLISECONDS.toNanos(LOOK_AGAIN_MS);
        }
        synchronized (this) {
            return rateLimit.nextNanos(count);
        }
    }

    private boolean isHeldUp() {
        return hostQueue.waiting() >= MANY_WAITING;
    }
}
