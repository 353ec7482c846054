package org.devstate.core.policy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * The window and the rate limit of a site's servers.
 *
 * @param windowMs how long after a notification on a key the next one on that key waits at least, in milliseconds, 0 to {@value
 *     #MAX_WINDOW_MS}; 0 sends every one at once
 * @param ratePerSecond the most notifications to a subscriber a second, 0 to {@value #MAX_RATE_PER_SECOND}; 0 sets no limit. Up to
 *     {@code RateLimit.CREDIT_MS} ms' worth of them may go at one moment, on top of the even flow
 */
public record Pace(int windowMs, int ratePerSecond) {

    /** The longest window, in milliseconds. */
    public static final int MAX_WINDOW_MS = 60_000;

    /** The highest limit, in notifications a second. */
    public static final int MAX_RATE_PER_SECOND = 1_000_000;

    /** A window of 100 ms, and no limit. */
    public static final Pace DEFAULT = new Pace(100, 0);

    /** @throws IllegalArgumentException if one of them is out of its range */
    public Pace {
        if (windowMs < 0 || windowMs > MAX_WINDOW_MS) {
            throw new IllegalArgumentException(windowOutOfRange(Integer.toString(windowMs)));
        }
        if (ratePerSecond < 0 || ratePerSecond > MAX_RATE_PER_SECOND) {
            throw new IllegalArgumentException(
                    "rate must be within 0.." + MAX_RATE_PER_SECOND + " a second, not " + ratePerSecond);
        }
    }

    /** Returns the error for a window that is out of its range, with the user's value. */
    public static String windowOutOfRange(String window) {
        return "window must be within 0.." + MAX_WINDOW_MS + " ms, not " + window;
    }

    /** The window in nanoseconds. */
    public long windowNanos() {
        return MILLISECONDS.toNanos(windowMs);
    }
}
