package org.devstate.core.spi;

/** The only source of time of the core. Implementations are thread-safe. */
public interface Clock {

    /** Milliseconds since the epoch, to tell people when; may jump when the machine's clock is set. */
    long wallMs();

    /**
     * Nanoseconds since a moment of the implementation's choice, to tell how long; never negative, and never goes back,
     * whatever becomes of the machine's clock.
     */
    long monotonicNanos();
}
