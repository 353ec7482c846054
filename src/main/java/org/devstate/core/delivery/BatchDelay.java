// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides whether the host has so much to send that one subscriber's changes had better be gathered for a moment and leave together.
 * Each go costs the host about the same, however much leaves with it: a packet, a record of TLS, a system call and a wake-up of the
 * subscriber. Thread-safe; goes of the very moment of a look may be counted with the next.
 */
final class BatchDelay {

    /** Goes a second for each processor, of all subscribers together, that the host is to have at most. */
    static final int GOES_PER_PROCESSOR = 4_000;

    /** The least microseconds from one go of a subscriber's changes to its next, if there would be more goes than that. */
    static final long LEAST_MICROS = 500;

    /** The most microseconds. */
    static final long MOST_MICROS = 200_000;

    /** Milliseconds from one look at how many goes there are to the next. */
    static final long LOOK_MS = 10;

    private static final long LOOK_NANOS = MILLISECONDS.toNanos(LOOK_MS);
    private static final long LEAST_NANOS = MICROSECONDS.toNanos(LEAST_MICROS);
    private static final long MOST_NANOS = MICROSECONDS.toNanos(MOST_MICROS);

    private final double goesPerNano;
    private final LongAdder goes = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final AtomicLong lookedAtNanos = new AtomicLong();
    private volatile long delayNanos;

    /** @param processors of the host */
    BatchDelay(int processors) {
        this.goesPerNano = (double) GOES_PER_PROCESSOR * processors / SECONDS.toNanos(1);
    }

    /**
     * Counts a go.
     *
     * @param size the changes that leave for a subscriber
     * @return how many nanoseconds its next ones are to be gathered; 0 if they leave at once
     */
    long restNanos(int size, long nowNanos) {
        goes.increment();
        changes.add(size);
        long last = lookedAtNanos.get();
        if (nowNanos - last >= Math.max(LOOK_NANOS, delayNanos) && lookedAtNanos.compareAndSet(last, nowNanos)) {
            double most = goesPerNano * (nowNanos - last);
            delayNanos = next(goes.sumThenReset() / most, changes.sumThenReset() / most);
        }
        return delayNanos;
    }

    /**
     * Doubling the delay halves the goes. It goes half way there, because goes are not spread evenly.
     *
     * @param load the goes that there were, in proportion to those that there may be
     * @param without the same if each change had left by itself
     */
    private long next(double load, double without) {
        if (without <= 1) {
            return 0;
        }
        return Math.max(LEAST_NANOS, Math.min(MOST_NANOS, Math.round(delayNanos * (1 + load) / 2)));
    }
}
