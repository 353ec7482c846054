package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whether the host is told so much that what comes for one receiver within a moment had better leave together. Each go costs the host
 * about the same, however much leaves with it: a packet through its queues, a record of TLS, a call of the system and a waking of a
 * thread. Thread-safe; what is counted in the very moment of a look may be counted with the next.
 */
final class BatchDelay {

    /** Changes a second, of all receivers together, up to which each leaves at once. */
    static final int MANY_PER_SECOND = 30_000;

    /** Milliseconds from one go of a receiver's changes to its next while there are more. */
    static final long GATHER_MS = 2;

    /** Milliseconds from one look at how many it are to the next. */
    static final long LOOK_MS = 10;

    private static final long LOOK_NANOS = MILLISECONDS.toNanos(LOOK_MS);

    private final LongAdder left = new LongAdder();
    private final AtomicLong lookedAtNanos = new AtomicLong();
    private volatile boolean many;

    /**
     * Counts changes that leave for a receiver.
     *
     * @return for how long its next ones are to be gathered
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
