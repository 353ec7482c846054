// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Plots of growth, as PNG files in a folder; both axes are logarithmic, so that linear growth is a straight line. */
record GrowthPlots(Path folder) {

    /**
     * Saves a plot.
     *
     * @param what grows
     * @param steps how many there are of it
     * @param figure the figure of each step, in words
     * @param name of the figure, in the file's name
     */
    void save(String what, List<Integer> steps, String figure, String name, List<Double> figures) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(600)
                .title("growth: " + name + " by " + what)
                .xAxisTitle(what)
                .yAxisTitle(figure)
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setLegendVisible(false);
        // Only whole powers of ten have a label.
        double least = figures.stream().mapToDouble(Math::log10).min().orElse(0);
        double most = figures.stream().mapToDouble(Math::log10).max().orElse(0);
        chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(least))).setYAxisMax(Math.pow(10, Math.ceil(most)));
        chart.addSeries(name, steps, figures);
        Files.createDirectories(folder);
        BitmapEncoder.saveBitmap(
                chart, folder.resolve("growth-" + what + "-" + name).toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
