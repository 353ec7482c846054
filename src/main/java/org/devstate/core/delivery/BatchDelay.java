// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides whether the host has so much to send that one subscriber's changes had better be gathered for a moment and leave together.
 * Each go costs the host about the same, however much leaves with it: a packet through its queues, a record of TLS, a system call and a
 * wake-up of a thread. Thread-safe; changes of the very moment of a look may be counted with the next.
 */
final class BatchDelay {

    /** Changes a second, of all subscribers together, up to which each leaves at once. */
    static final int MANY_PER_SECOND = 30_000;

    /** Milliseconds from one go of a subscriber's changes to its next while there are more. */
    static final long GATHER_MS = 2;

    /** Milliseconds from one look at how many it are to the next. */
    static final long LOOK_MS = 10;

    private static final long LOOK_NANOS = MILLISECONDS.toNanos(LOOK_MS);

    private final LongAdder left = new LongAdder();
    private final AtomicLong lookedAtNanos = new AtomicLong();
    private volatile boolean many;

    /**
     * Counts changes that leave for a subscriber.
     *
     * @return how long its next ones are to be gathered
     */
    long restNanos(int changes, long nowNanos) {
        left.add(changes);
        long last = lookedAtNanos.get();
        if (nowNanos - last >= LOOK_NANOS && lookedAtNanos.compareAndSet(last, nowNanos)) {
            double seconds = (double) (nowNanos - last) / SECONDS.toNanos(1);
            many = left.sumThenReset() > MANY_PER_SECOND * seconds;
        }
        return many ? MILLISECONDS.toNanos(GATHER_MS) : 0;
    }
}
