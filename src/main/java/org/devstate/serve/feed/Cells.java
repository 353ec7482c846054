package org.devstate.serve.feed;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;

/**
 * The wanted columns of a table, whichever others it has.
 *
 * @param table the table
 * @param places where each wanted column is in it
 */
record Cells(Table table, int[] places) {

    /** @throws IllegalArgumentException if the result has no table, or no such column */
    static Cells of(Result result, String... names) {
        Table table = result.table();
        if (table == null) {
            throw new IllegalArgumentException("'" + result.title() + "' has no table");
        }
        List<String> columns = table.columns().stream().map(Column::name).toList();
        int[] places = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            places[i] = columns.indexOf(names[i]);
            if (places[i] < 0) {
                throw new IllegalArgumentException("'" + result.title() + "' has no column '" + names[i]
                        + "': the service is older than this devstatectl; update the service");
            }
        }
        return new Cells(table, places);
    }

    /** The wanted cells of each row. */
    Stream<String[]> rows() {
        return table.rows().stream().map(row -> {
            String[] cells = new String[places.length];
            for (int i = 0; i < places.length; i++) {
                cells[i] = row.get(places[i]);
            }
            return cells;
        });
    }
}
