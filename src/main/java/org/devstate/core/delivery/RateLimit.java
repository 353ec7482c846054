// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A token bucket: unused notifications remain as credit for {@value #CREDIT_MS} ms, though never for less than one notification.
 * Not thread-safe.
 */
final class RateLimit {

    /** How long credit is gathered, in milliseconds: in any time T no more than rate x (T + this), or rate x T + 1, go. */
    static final int CREDIT_MS = 20;

    /** Nanoseconds that one notification costs, rounded up; 0 for no limit. */
    private final long costNanos;

    private final long mostNanos;
    private long creditNanos;
    private long countedAtNanos;

    /** @param ratePerSecond 0 for no limit */
    RateLimit(int ratePerSecond, long nowNanos) {
        costNanos = ratePerSecond == 0 ? 0 : (SECONDS.toNanos(1) + ratePerSecond - 1) / ratePerSecond;
        mostNanos = Math.max(costNanos, MILLISECONDS.toNanos(CREDIT_MS));
        creditNanos = mostNanos;
        countedAtNanos = nowNanos;
    }

    /** The number of notifications that may leave now, but no more than {@code most}. */
    int allow(int most, long nowNanos) {
        if (costNanos == 0) {
            return most;
        }
        creditNanos = Math.min(mostNanos, creditNanos + nowNanos - countedAtNanos);
        countedAtNanos = nowNanos;
        return (int) Math.max(0, Math.min(most, creditNanos / costNanos));
    }

    /** Subtracts the notifications that have left. */
    void spend(int count) {
        creditNanos -= count * costNanos;
    }

    /** When {@code count} may leave, or as many as can ever leave at one moment; not later than now if they may leave already. */
    long nextNanos(int count) {
        return countedAtNanos + Math.min(mostNanos, count * costNanos) - creditNanos;
    }
}
