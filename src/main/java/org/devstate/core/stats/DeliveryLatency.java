// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long it took from the acceptance of a change to its notification at the host: one observation for each subscriber, in buckets with
 * fixed bounds. Thread-safe, without locks; recording allocates nothing. A reading is not a snapshot across buckets.
 *
 * <p>The time of a change has milliseconds ({@link org.devstate.core.model.Notification#changedAtMs}), so an observation is right to one
 * millisecond. That suffices: a change is coalesced for 100 ms by default, and a notification of its own time would make each larger.
 */
public final class DeliveryLatency {

    private static final long[] BOUNDS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(BOUNDS_MS.length + 1L).toArray(LongAdder[]::new);
    private final LongAdder sumMs = new LongAdder();

    /**
     * What was observed so far.
     *
     * @param counts for each bucket how many took at most {@link #bound} of it, those of the smaller ones included; the last one has all
     * @param sumMs the sum of all, in milliseconds
     */
    public record LatencyReading(List<Long> counts, long sumMs) {

        public LatencyReading {
            counts = List.copyOf(counts);
        }

        /** The upper bound of a bucket in milliseconds, for programs; {@code +Inf} for the last one. */
        public static String bound(int bucket) {
            return bucket < BOUNDS_MS.length ? Long.toString(BOUNDS_MS[bucket]) : "+Inf";
        }
    }

    /** Notes one observation; a negative one, because the clock was set back, counts as 0. */
    public void record(long latencyMs) {
        int bucket = 0;
        while (bucket < BOUNDS_MS.length && latencyMs > BOUNDS_MS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        if (latencyMs > 0) {
            sumMs.add(latencyMs);
        }
    }

    /** What was observed so far. */
    public LatencyReading reading() {
        List<Long> sums = new ArrayList<>(counts.length);
        long sum = 0;
        for (LongAdder count : counts) {
            sum += count.sum();
            sums.add(sum);
        }
        return new LatencyReading(sums, sumMs.sum());
    }
}
