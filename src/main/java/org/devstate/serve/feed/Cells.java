// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.ArrayList;
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
record Cells(Table table, List<Integer> places) {

    /** @throws IllegalArgumentException if the result has no table, or no such column */
    static Cells of(Result result, String... names) {
        Table table = result.table();
        if (table == null) {
            throw new IllegalArgumentException("'" + result.title() + "' has no table");
        }
        List<String> columns = table.columns().stream().map(Column::name).toList();
        List<Integer> places = new ArrayList<>();
        for (String name : names) {
            int place = columns.indexOf(name);
            if (place < 0) {
                throw new IllegalArgumentException("'" + result.title() + "' has no column '" + name
                        + "': the service is older than this devstatectl; update the service");
            }
            places.add(place);
        }
        return new Cells(table, List.copyOf(places));
    }

    /** The wanted cells of each row. */
    Stream<List<String>> rows() {
        return table.rows().stream().map(row -> places.stream().map(row::get).toList());
    }
}
