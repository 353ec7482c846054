// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Clock;

/** Time that stands still until it is advanced. */
public final class ManualClock implements Clock {

    private final AtomicLong elapsedMs = new AtomicLong();

    @Override
    public long wallMs() {
        return 1_000_000 + elapsedMs();
    }

    @Override
    public long monotonicNanos() {
        return MILLISECONDS.toNanos(elapsedMs());
    }

    /** Milliseconds gone by so far. */
    public long elapsedMs() {
        return elapsedMs.get();
    }

    public void advance(long ms) {
        elapsedMs.addAndGet(ms);
    }

    /** Advances time until {@link #elapsedMs} is {@code ms}, unless it is later already. */
    public void advanceTo(long ms) {
        elapsedMs.accumulateAndGet(ms, Math::max);
    }
}
