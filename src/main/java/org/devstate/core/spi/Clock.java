package org.devstate.core.spi;

/** The only source of time of the core. Implementations are thread-safe. */
@FunctionalInterface
public interface Clock {

    /** Milliseconds since the epoch; may jump when the machine's clock is set. */
    long wallMs();
}
