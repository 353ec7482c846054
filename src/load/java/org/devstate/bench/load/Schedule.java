// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

/**
 * The times of publishes: evenly spaced, from a beginning, however long the ones before took. Delays that are measured from these times
 * leave nothing out (Gil Tene: coordinated omission). Immutable.
 *
 * @param startNanos when the first is due
 * @param perSecond how many a second
 */
record Schedule(long startNanos, double perSecond) {

    Schedule {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be positive, not " + perSecond);
        }
    }

    /** When the one of that number, from 0, is due. */
    long dueNanos(long number) {
        return startNanos + Math.round(number * 1e9 / perSecond);
    }

    /** How many are due in that time. */
    long within(double seconds) {
        return Math.round(seconds * perSecond);
    }
}
