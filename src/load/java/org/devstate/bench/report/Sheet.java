// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that was measured, in the order in which it was. For one thread. */
public final class Sheet {

    private final List<Figure> figures = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    public void add(Figure figure) {
        figures.add(figure);
    }

    public void fail(Failure failure) {
        failures.add(failure);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The first figure of each thing that was measured. */
    public List<Figure> rows() {
        Set<String> seen = new LinkedHashSet<>();
        return figures.stream().filter(figure -> seen.add(figure.what())).toList();
    }

    /** A server's values over the rounds; empty if it has none. */
    public Optional<Spread> of(String what, String server) {
        List<Double> values = figures.stream()
                .filter(figure -> figure.what().equals(what) && figure.server().equals(server))
                .map(Figure::value)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** The ratio of {@code server} to {@code other}, round by round, because those were measured side by side. */
    public Optional<Spread> ratio(String what, String server, String other) {
        List<Double> ratios = new ArrayList<>();
        for (Figure mine : figures) {
            figures.stream()
                    .filter(figure -> mine.what().equals(what) && mine.server().equals(server))
                    .filter(figure ->
                            figure.what().equals(what) && figure.server().equals(other))
                    .filter(figure -> figure.round() == mine.round() && figure.value() != 0)
                    .forEach(figure -> ratios.add(mine.value() / figure.value()));
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }
}
