package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.function.IntSupplier;
import org.devstate.core.spi.Clock;

/**
 * How much of their snapshots all receivers together are sent: so much a second, and nothing while the host has not got rid of
 * what it was given. So the servers that come back all at once after a restart are told one after another, and changes find the
 * way free. Thread-safe; under races it may give out somewhat more.
 */
final class SnapshotFlow {

    /** As long as so many stanzas wait in the host, no snapshot goes on. */
    static final int MOST_WAITING = 2_000;

    /** Milliseconds after which it is looked at again how many wait. */
    static final long LOOK_AGAIN_MS = 10;

    private final Clock clock;
    private final IntSupplier waiting;
    private RateCap cap = new RateCap(0, 0);

    /** @param waiting how many stanzas wait in the host */
    SnapshotFlow(Clock clock, IntSupplier waiting) {
        this.clock = clock;
        this.waiting = waiting;
    }

    synchronized void setRate(int perSecond) {
        cap = new RateCap(perSecond, clock.monotonicNanos());
    }

    /** How many entries may go now, but no more than {@code most}. */
    int allow(int most, long nowNanos) {
        if (isHeldUp()) {
            return 0;
        }
        synchronized (this) {
            return cap.allow(most, nowNanos);
        }
    }

    /** Takes off what has gone. */
    synchronized void spend(int count) {
        cap.spend(count);
    }

    /** When to ask again for so many. */
    long nextNanos(int count, long nowNanos) {
        if (isHeldUp()) {
            return nowNanos + MILLISECONDS.toNanos(LOOK_AGAIN_MS);
        }
        synchronized (this) {
            return cap.nextNanos(count);
        }
    }

    private boolean isHeldUp() {
        return waiting.getAsInt() >= MOST_WAITING;
    }
}
