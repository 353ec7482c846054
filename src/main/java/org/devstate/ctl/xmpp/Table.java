package org.devstate.ctl.xmpp;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of an answer.
 *
 * @param columns the names of the columns
 * @param rows as many cells in each as there are columns
 */
public record Table(List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** These rows, then those of another with the same columns. */
    public Table and(Table next) {
        return new Table(
                columns, Stream.concat(rows.stream(), next.rows.stream()).toList());
    }

    /** The first rows, that many at most. */
    public Table first(int most) {
        return rows.size() <= most ? this : new Table(columns, rows.subList(0, most));
    }
}
