// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause after failed attempts: a second after the first one, twice as much after each other one, a minute at most. A random half of
 * it is left out, so that those that failed together do not try again together.
 */
final class RetryPauses {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;

    RetryPauses(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next one, in nanoseconds.
     *
     * @param failures attempts that have failed since the last success, at least 1
     * @param least that the endpoint asks for
     */
    long nextNanos(int failures, Duration least) {
        long doubled = FIRST.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long whole = Math.min(doubled, LONGEST.toNanos());
        return Math.max(least.toNanos(), whole - (long) (random.nextDouble() * whole / 2));
    }
}
