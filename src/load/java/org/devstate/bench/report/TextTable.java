// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The sheet as text: a line for each thing measured, the two servers side by side. Stateless. */
public final class TextTable {

    private TextTable() {}

    /** Of two servers; the ratio is that of {@code server} to {@code other}. */
    public static String of(Sheet sheet, String server, String other) {
        return of(sheet, server, other, row -> has(sheet, row, server) || has(sheet, row, other));
    }

    /** The same, but only figures of both: for a server that has only some of the measurements. */
    public static String ofBoth(Sheet sheet, String server, String other) {
        return of(sheet, server, other, row -> has(sheet, row, server) && has(sheet, row, other));
    }

    private static String of(Sheet sheet, String server, String other, Predicate<Figure> wanted) {
        String head = line("what", "unit", other, server, "ratio");
        String rows = sheet.rows().stream()
                .filter(wanted)
                .map(row -> row(sheet, row, server, other))
                .collect(Collectors.joining());
        return head + rows + failures(sheet.failures(), List.of(server, other));
    }

    private static boolean has(Sheet sheet, Figure row, String server) {
        return sheet.of(row.what(), server).isPresent();
    }

    private static String row(Sheet sheet, Figure row, String server, String other) {
        String ratio = row.better() == Figure.Better.NEITHER
                ? ""
                : sheet.ratio(row.what(), server, other)
                        .map(spread -> "x " + spread.text())
                        .orElse("");
        return line(row.what(), row.unit(), cell(sheet, row, other), cell(sheet, row, server), ratio);
    }

    private static String cell(Sheet sheet, Figure row, String server) {
        Optional<Spread> spread = sheet.of(row.what(), server);
        Optional<Failure> failed = sheet.failures().stream()
                .filter(failure -> row.what().startsWith(failure.what())
                        && failure.server().equals(server))
                .findFirst();
        return spread.map(Spread::text).orElse(failed.map(Failure::mark).orElse("-"))
                + (failed.isPresent() && spread.isPresent() ? " (!)" : "");
    }

    private static String failures(List<Failure> failures, List<String> servers) {
        return failures.stream()
                .filter(failure -> servers.contains(failure.server()))
                .map(failure -> "(!) " + failure.what() + ", " + failure.server() + ", round " + failure.round() + ": "
                        + failure.reason() + "\n")
                .collect(Collectors.joining());
    }

    private static String line(String what, String unit, String first, String second, String ratio) {
        return String.format("%-58s %-7s %-30s %-30s %s", what, unit, first, second, ratio)
                        .stripTrailing() + "\n";
    }
}
