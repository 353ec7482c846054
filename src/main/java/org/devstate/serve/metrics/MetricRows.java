// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Table;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of {@code devstate-metrics}. Their names become those of Prometheus by its conventions: with the prefix {@code
 * devstate_}, words joined by underscores, and the unit at the end; milliseconds become seconds. Stateless.
 */
final class MetricRows {

    /** The columns. */
    private static final List<String> COLUMNS =
            List.of("name", "kind", "unit", "site", "node", "other-node", "le", "value", "meaning");

    /** The columns that become labels; an empty cell becomes none. */
    private static final List<String> LABELS = List.of("site", "node", "other-node");

    private static final double MS_PER_S = 1_000;

    /** One figure. */
    record Row(String name, String kind, String unit, Labels labels, String le, double value, String meaning) {

        String fullName() {
            String base = "devstate_" + name.replace('-', '_');
            return switch (unit) {
                case "ms", "s" -> base + "_seconds";
                case "1/s" -> base + "_per_second";
                case "" -> base;
                default -> base + "_" + unit;
            };
        }

        /** The value in the base unit. */
        double scaled() {
            return unit.equals("ms") ? value / MS_PER_S : value;
        }
    }

    private MetricRows() {}

    /** The metrics of a table; a row that has no number is left out. */
    static List<MetricSnapshot> read(Table table) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        if (names.containsAll(COLUMNS)) {
            for (List<String> cells : table.rows()) {
                Row row = row(column -> cells.get(names.indexOf(column)));
                if (row != null) {
                    byName.computeIfAbsent(row.name(), name -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        return byName.values().stream().map(MetricRows::metric).toList();
    }

    private static @Nullable Row row(UnaryOperator<String> cell) {
        double value;
        try {
            value = Double.parseDouble(cell.apply("value"));
        } catch (NumberFormatException e) {
            return null;
        }
        Labels labels = Labels.EMPTY;
        for (String name : LABELS) {
            String text = cell.apply(name);
            labels = text.isEmpty() ? labels : labels.add(name.replace('-', '_'), text);
        }
        return new Row(
                cell.apply("name"),
                cell.apply("kind"),
                cell.apply("unit"),
                labels,
                cell.apply("le"),
                value,
                cell.apply("meaning"));
    }

    private static MetricSnapshot metric(List<Row> rows) {
        Row first = rows.get(0);
        return switch (first.kind()) {
            case "counter" -> {
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(first.fullName()).help(first.meaning());
                rows.forEach(row -> counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(row.labels())
                        .value(row.scaled())
                        .build()));
                yield counter.build();
            }
            case "bucket", "sum", "count" -> HistogramRows.metric(rows);
            default -> {
                GaugeSnapshot.Builder gauge =
                        GaugeSnapshot.builder().name(first.fullName()).help(first.meaning());
                rows.forEach(row -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(row.labels())
                        .value(row.scaled())
                        .build()));
                yield gauge.build();
            }
        };
    }
}
