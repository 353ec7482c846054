// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import org.HdrHistogram.Histogram;

/** Measures the time from a publish, by its schedule, to each subscriber that receives it. */
public final class Delays {

    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final ClientGroup group;
    private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);

    public Delays(ClientGroup group) {
        this.group = group;
        histogram.setAutoResize(true);
    }

    public void start() {
        group.loop().ask(() -> {
            group.subscribers().forEach(subscriber -> subscriber.measure(histogram));
            return true;
        });
    }

    /** The measured times, in nanoseconds. */
    public Histogram stop() {
        return group.loop().ask(() -> {
            group.subscribers().forEach(subscriber -> subscriber.measure(null));
            return histogram.copy();
        });
    }
}
