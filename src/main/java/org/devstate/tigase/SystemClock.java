package org.devstate.tigase;

import org.devstate.core.spi.Clock;

/** The machine's time. */
final class SystemClock implements Clock {

    private final long originNanos = System.nanoTime();

    @Override
    public long wallMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime() - originNanos;
    }
}
