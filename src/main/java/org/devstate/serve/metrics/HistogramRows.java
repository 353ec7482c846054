// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.serve.metrics.MetricRows.Row;

/** Reads the rows of a histogram: buckets, of which each counts those below it, too, and the sum. Stateless. */
final class HistogramRows {

    private static final String INFINITE = "+Inf";

    private HistogramRows() {}

    static MetricSnapshot metric(List<Row> rows) {
        Row first = rows.get(0);
        Map<Labels, List<Row>> byLabels = new LinkedHashMap<>();
        rows.forEach(row -> byLabels.computeIfAbsent(row.labels(), labels -> new ArrayList<>())
                .add(row));
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(first.fullName()).help(first.meaning());
        byLabels.forEach((labels, own) -> histogram.dataPoint(point(labels, own)));
        return histogram.build();
    }

    private static HistogramDataPointSnapshot point(Labels labels, List<Row> rows) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        double sum = 0;
        for (Row row : rows) {
            if (row.kind().equals("sum")) {
                sum = row.scaled();
            } else if (row.kind().equals("bucket")) {
                long upTo = (long) row.value();
                buckets.bucket(bound(row), upTo - below);
                below = upTo;
            }
        }
        return HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets.build())
                .sum(sum)
                .build();
    }

    private static double bound(Row row) {
        return row.le().equals(INFINITE)
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(row.le()) / (row.unit().equals("ms") ? 1_000 : 1);
    }
}
