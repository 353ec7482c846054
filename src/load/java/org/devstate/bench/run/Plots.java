// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.devstate.bench.measure.Growth;
import org.devstate.bench.report.Sheet;
import org.devstate.bench.report.Spread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Pictures of delays and of growth, as PNG files in a folder. */
record Plots(Path folder) {

    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};

    /** Delays by percentile: the further to the right, the rarer. */
    void delays(String name, Map<String, Histogram> byServer) {
        XYChart chart = chart(name, "one in so many is slower (1 / (1 - percentile))", "ms");
        byServer.forEach((server, histogram) -> {
            List<Double> rarity = new ArrayList<>();
            List<Double> ms = new ArrayList<>();
            for (double percentile : PERCENTILES) {
                rarity.add(100 / (100 - percentile));
                ms.add(Math.max(1e-3, histogram.getValueAtPercentile(percentile) / 1e6));
            }
            chart.addSeries(server, rarity, ms);
        });
        save(chart, "latency-" + fileName(name));
    }

    /** The change of that figure of growth with the number of subscribers. */
    void growth(Sheet sheet, List<String> servers, String figure, String unit) {
        XYChart chart = chart("growth: " + figure, "subscribers", unit);
        for (String server : servers) {
            List<Double> subscribers = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int step : Growth.STEPS) {
                sheet.of(Growth.PREFIX.formatted(step) + figure, server)
                        .map(Spread::median)
                        .filter(median -> median > 0)
                        .ifPresent(median -> {
                            subscribers.add((double) step);
                            values.add(median);
                        });
            }
            if (!values.isEmpty()) {
                chart.addSeries(server, subscribers, values);
            }
        }
        if (!chart.getSeriesMap().isEmpty()) {
            save(chart, "growth-" + fileName(figure));
        }
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(600)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        return chart;
    }

    private static String fileName(String name) {
        return name.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private void save(XYChart chart, String name) {
        try {
            BitmapEncoder.saveBitmap(chart, folder.resolve(name).toString(), BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
