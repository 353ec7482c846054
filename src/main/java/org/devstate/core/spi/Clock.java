// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.function.LongSupplier;

/** The only source of time of the core. Implementations are thread-safe. */
public interface Clock {

    /** Milliseconds since the epoch, to show to people; may jump when the machine's clock is set. */
    long wallMs();

    /**
     * Nanoseconds since a moment of the implementation's choice, to measure durations; never negative, and never goes back, even if the
     * machine's clock does.
     */
    long monotonicNanos();

    /**
     * A clock of two sources, as a host has them.
     *
     * @param wallMs as {@link System#currentTimeMillis}
     * @param nanos as {@link System#nanoTime}, from any origin
     */
    static Clock of(LongSupplier wallMs, LongSupplier nanos) {
        long originNanos = nanos.getAsLong();
        return new Clock() {
            @Override
            public long wallMs() {
                return wallMs.getAsLong();
            }

            @Override
            public long monotonicNanos() {
                return nanos.getAsLong() - originNanos;
            }
        };
    }
}
