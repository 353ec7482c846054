package org.devstate.bench.load;

import org.HdrHistogram.Histogram;

/** Measures the time from a publish, by its schedule, to each subscriber that receives it. */
public final class Delays {

    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final Crowd crowd;
    private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);

    public Delays(Crowd crowd) {
        this.crowd = crowd;
        histogram.setAutoResize(true);
    }

    public void start() {
        crowd.loop().ask(() -> {
            crowd.receivers().forEach(receiver -> receiver.measure(histogram));
            return true;
        });
    }

    /** The measured times, in nanoseconds. */
    public Histogram stop() {
        return crowd.loop().ask(() -> {
            crowd.receivers().forEach(receiver -> receiver.measure(null));
            return histogram.copy();
        });
    }
}
