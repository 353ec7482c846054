package org.devstate.core.store;

/** How long a change may wait until it is written; a crash may lose that much. Stateless. */
public final class WriteInterval {

    public static final long DEFAULT_MS = 1_000;
    public static final long LEAST_MS = 10;

    /** An hour. */
    public static final long MOST_MS = 3_600_000;

    private WriteInterval() {}

    /**
     * The interval, in milliseconds.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public static long check(long intervalMs) {
        if (intervalMs < LEAST_MS || intervalMs > MOST_MS) {
            throw new IllegalArgumentException(
                    "must be within " + LEAST_MS + ".." + MOST_MS + " milliseconds, not " + intervalMs);
        }
        return intervalMs;
    }
}
