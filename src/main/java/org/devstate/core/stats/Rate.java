// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.Arrays;

/**
 * How often something happened in about the last minute: a count for each tick of it. It does not allocate, divide or lock anything,
 * because every publish and every notification is counted. Not thread-safe.
 */
public final class Rate {

    /** Over how many ticks it is reckoned. */
    static final int TICKS = 58;

    /** A power of two, so that a place is found without dividing. */
    private static final int PLACES = 64;

    private final int[] counts = new int[PLACES];
    private final double seconds;

    /** The tick that was counted in last. */
    private long last;

    /** The sum of the counts of the last ticks. */
    private long sum;

    /** @param tickSeconds how long a tick is: about a second, so that it is a minute */
    public Rate(double tickSeconds) {
        this.seconds = TICKS * tickSeconds;
    }

    /**
     * Counts {@code many}.
     *
     * @param tick from any origin; if it goes back, the events since count with the last ones
     */
    public void count(int many, long tick) {
        advance(tick);
        counts[(int) last & (PLACES - 1)] += many;
        sum += many;
    }

    /** How often it happened a second, on the average. */
    public double perSecond(long tick) {
        advance(tick);
        return sum / seconds;
    }

    private void advance(long tick) {
        if (tick <= last) {
            return;
        }
        if (tick - last >= PLACES) {
            Arrays.fill(counts, 0);
            sum = 0;
            last = tick;
        }
        while (last < tick) {
            last++;
            counts[(int) last & (PLACES - 1)] = 0;
            sum -= counts[(int) (last - TICKS) & (PLACES - 1)];
        }
    }
}
