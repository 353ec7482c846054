// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The middle and the ends of some figures. */
public record Spread(double median, double least, double most) {

    /**
     * Of one figure or more.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As {@code 12.3 [11.9-14.0]}; the ends only if they differ. */
    public String text() {
        return least == most ? number(median) : number(median) + " [" + number(least) + "-" + number(most) + "]";
    }

    /** Three digits that count, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return text() + " of " + Arrays.asList(least, median, most);
    }
}
