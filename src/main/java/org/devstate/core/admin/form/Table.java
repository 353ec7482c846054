package org.devstate.core.admin.form;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a result (XEP-0004, 3.4).
 *
 * @param columns the names of the columns, for programs and people alike
 * @param rows as many cells in each as there are columns
 */
public record Table(List<String> columns, List<List<String>> rows) {

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

    /** Begins a table. */
    public static Builder of(String... columns) {
        return new Builder(List.of(columns));
    }

    /** Collects rows. Not thread-safe. */
    public static final class Builder {
        private final List<String> columns;
        private final List<List<String>> rows = new ArrayList<>();

        private Builder(List<String> columns) {
            this.columns = columns;
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
