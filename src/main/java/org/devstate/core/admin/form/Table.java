// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a result (XEP-0004, 3.4). XEP-0004 has one table in a result; further tables have a name, and are sent as
 * lines of text in a field of that name.
 *
 * @param name for programs; empty for the one table that needs no name
 * @param label for people
 * @param columns the names and types of the cells of each row
 * @param rows as many cells in each as there are columns
 */
public record Table(String name, String label, List<Column> columns, List<List<String>> rows) {

    private static final String DATATYPE = "x:table";

    /** @throws IllegalArgumentException if a row has not as many cells as there are columns */
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row + " does not fit " + columns);
            }
        }
    }

    /** Returns a table without a name. */
    public Table(List<Column> columns, List<List<String>> rows) {
        this("", "", columns, rows);
    }

    /** Begins a table with columns of text; more may follow. */
    public static TableBuilder of(String... columns) {
        return new TableBuilder().text(columns);
    }

    /** The same with a name. */
    public Table named(String otherName, String otherLabel) {
        return new Table(otherName, otherLabel, columns, rows);
    }

    /** Returns these rows, then those of another with the same columns. */
    public Table and(Table next) {
        return new Table(
                name,
                label,
                columns,
                Stream.concat(rows.stream(), next.rows.stream()).toList());
    }

    /** Returns the first rows, that many at most. */
    public Table first(int most) {
        return rows.size() <= most ? this : new Table(name, label, columns, rows.subList(0, most));
    }

    /** The table as lines of text: the names of the columns, then the rows, with a tab between two cells. */
    public List<String> lines() {
        String names = columns.stream().map(Column::name).collect(Collectors.joining("\t"));
        return Stream.concat(Stream.of(names), rows.stream().map(Table::line)).toList();
    }

    private static String line(List<String> row) {
        return row.stream().map(cell -> cell.replace('\t', ' ')).collect(Collectors.joining("\t"));
    }

    /** The data type (XEP-0122) of a field with {@link #lines}, which includes the types of the columns. */
    public String datatype() {
        return columns.stream()
                .map(column -> " " + column.type().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", DATATYPE, ""));
    }

    /** Reads {@link #lines} and {@link #datatype}; returns {@code null} if the data type is no table's. */
    public static @Nullable Table read(String name, String label, String datatype, List<String> lines) {
        List<String> types = List.of(datatype.split(" ", -1));
        if (!types.get(0).equals(DATATYPE)) {
            return null;
        }
        List<List<String>> cells =
                lines.stream().map(line -> List.of(line.split("\t", -1))).toList();
        List<String> names = cells.isEmpty() ? List.of() : cells.get(0);
        List<Column> columns = IntStream.range(0, names.size())
                .mapToObj(i -> new Column(names.get(i), type(i + 1 < types.size() ? types.get(i + 1) : "")))
                .toList();
        List<List<String>> rows = cells.stream()
                .skip(1)
                .filter(row -> row.size() == columns.size())
                .toList();
        return new Table(name, label, columns, rows);
    }

    private static Field.Type type(String word) {
        return Stream.of(Field.Type.values())
                .filter(type -> type.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(Field.Type.TEXT);
    }

    /** Collects columns, then rows. Not thread-safe. */
    public static final class TableBuilder {
        private final List<Column> columns = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();

        private TableBuilder() {}

        /** Adds columns of text. */
        public TableBuilder text(String... names) {
            return add(Field.Type.TEXT, names);
        }

        /** Adds columns of numbers. */
        public TableBuilder number(String... names) {
            return add(Field.Type.NUMBER, names);
        }

        /** Adds columns of moments, each as {@link Utc} writes it. */
        public TableBuilder time(String... names) {
            return add(Field.Type.TIME, names);
        }

        /** Adds columns of lengths of time, each with its unit at the end of its name. */
        public TableBuilder duration(String... names) {
            return add(Field.Type.DURATION, names);
        }

        /** Adds columns of yes or no; a cell is {@code true} or {@code false}. */
        public TableBuilder yesNo(String... names) {
            return add(Field.Type.YES_NO, names);
        }

        private TableBuilder add(Field.Type type, String... names) {
            for (String name : names) {
                columns.add(new Column(name, type));
            }
            return this;
        }

        /** Adds a row, each cell as its text. */
        public TableBuilder row(Object... cells) {
            rows.add(List.of(cells).stream().map(String::valueOf).toList());
            return this;
        }

        /** The table. */
        public Table build() {
            return new Table(columns, rows);
        }
    }
}
