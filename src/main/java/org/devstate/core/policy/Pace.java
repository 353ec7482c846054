// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.devstate.core.settings.Settings;

/**
 * The window and the rate limit of a site's servers.
 *
 * @param windowMs how long after a notification on a key the next one on that key waits at least, in milliseconds; 0 sends every one
 *     at once
 * @param ratePerSecond the most notifications to a subscriber a second; 0 sets no limit. Up to {@code RateLimit.CREDIT_MS} ms' worth
 *     of them may go at one moment, on top of the even flow
 */
public record Pace(int windowMs, int ratePerSecond) {

    public static final Pace DEFAULT = new Pace(
            (int) Settings.SITE_WINDOW.type().fallback(),
            Settings.SITE_RATE.type().fallback());

    /** @throws IllegalArgumentException if one of them is out of its range */
    public Pace {
        Settings.SITE_WINDOW.type().check("window", windowMs);
        Settings.SITE_RATE.type().check("rate", ratePerSecond);
    }

    /** The window in nanoseconds. */
    public long windowNanos() {
        return MILLISECONDS.toNanos(windowMs);
    }
}
