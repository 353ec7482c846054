package org.devstate.core.testing;

import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Clock;

/** Time that stands still until it is advanced. */
public final class ManualClock implements Clock {

    private final AtomicLong nowMs = new AtomicLong(1_000_000);

    @Override
    public long wallMs() {
        return nowMs.get();
    }

    public void advance(long ms) {
        nowMs.addAndGet(ms);
    }
}
