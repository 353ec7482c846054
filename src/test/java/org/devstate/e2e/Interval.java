// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.time.Duration;

/** Some time from now. */
final class Interval {

    private final long untilNanos;

    Interval(Duration length) {
        this.untilNanos = System.nanoTime() + length.toNanos();
    }

    boolean isOver() {
        return left().compareTo(Duration.ZERO) <= 0;
    }

    /** How much of it is left; zero or less if it is over. */
    Duration left() {
        return Duration.ofNanos(untilNanos - System.nanoTime());
    }
}
