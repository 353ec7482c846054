package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of a result (XEP-0004, 3.4).
 *
 * @param columns the names and kinds of the cells of each row
 * @param rows as many cells in each as there are columns
 */
public record Table(List<Column> columns, List<List<String>> rows) {

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

    /** Begins a table with columns of text; more may follow. */
    public static Builder of(String... columns) {
        return new Builder().text(columns);
    }

    /** As lines of text, for a field: the names of the columns, then the rows, with a tab between two cells. */
    List<String> lines() {
        String names = columns.stream().map(Column::name).collect(Collectors.joining("\t"));
        return Stream.concat(Stream.of(names), rows.stream().map(Table::line)).toList();
    }

    private static String line(List<String> row) {
        return row.stream().map(cell -> cell.replace('\t', ' ')).collect(Collectors.joining("\t"));
    }

    /** Collects columns, then rows. Not thread-safe. */
    public static final class Builder {
        private final List<Column> columns = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();

        private Builder() {}

        /** Adds columns of text. */
        public Builder text(String... names) {
            return add(Column.Kind.TEXT, names);
        }

        /** Adds columns of numbers. */
        public Builder number(String... names) {
            return add(Column.Kind.NUMBER, names);
        }

        /** Adds columns of yes or no; a cell is {@code true} or {@code false}. */
        public Builder yesNo(String... names) {
            return add(Column.Kind.YES_NO, names);
        }

        private Builder add(Column.Kind kind, String... names) {
            for (String name : names) {
                columns.add(new Column(name, kind));
            }
            return this;
        }

        /** Adds a row, each cell as its text. */
        public Builder row(Object... cells) {
            rows.add(List.of(cells).stream().map(String::valueOf).toList());
            return this;
        }

        /** The table. */
        public Table build() {
            return new Table(columns, rows);
        }
    }
}
