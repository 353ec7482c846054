package org.devstate.core.stats;

/**
 * How often something happened in the last minute: a count for each second of it, without allocating anything. Thread-safe; meant for
 * one thread at a time.
 */
public final class Rate {

    /** Over how many seconds it is reckoned. */
    public static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];

    /** The second that was counted in last. */
    private long last;

    /** The sum of all counts. */
    private long sum;

    /**
     * Counts {@code many}.
     *
     * @param nowMs from any origin; where it goes back, what happened since counts with what happened last
     */
    public synchronized void count(int many, long nowMs) {
        advance(nowMs);
        counts[(int) (last % SECONDS)] += many;
        sum += many;
    }

    /** How often it happened a second, on the average over the last minute. */
    public synchronized double perSecond(long nowMs) {
        advance(nowMs);
        return (double) sum / SECONDS;
    }

    private void advance(long nowMs) {
        long second = nowMs / 1_000;
        if (second <= last) {
            return;
        }
        long over = Math.min(SECONDS, second - last);
        for (long i = 1; i <= over; i++) {
            int slot = (int) ((last + i) % SECONDS);
            sum -= counts[slot];
            counts[slot] = 0;
        }
        last = second;
    }
}
