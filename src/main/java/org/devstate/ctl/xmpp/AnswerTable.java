package org.devstate.ctl.xmpp;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of an answer.
 *
 * @param columns the names and kinds of the cells of each row
 * @param rows as many cells in each as there are columns
 */
public record AnswerTable(List<AnswerColumn> columns, List<List<String>> rows) {

    public AnswerTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A table of which all cells are text. */
    public static AnswerTable ofText(List<String> columns, List<List<String>> rows) {
        return new AnswerTable(columns.stream().map(AnswerColumn::text).toList(), rows);
    }

    /** The table that a field holds as lines: the names of the columns, then the rows, with tabs between the cells. */
    static AnswerTable ofLines(List<String> lines) {
        List<List<String>> cells =
                lines.stream().map(line -> List.of(line.split("\t", -1))).toList();
        List<String> columns = cells.isEmpty() ? List.of() : cells.get(0);
        return ofText(
                columns,
                cells.stream()
                        .skip(1)
                        .filter(row -> row.size() == columns.size())
                        .toList());
    }

    /** These rows, then those of another with the same columns. */
    public AnswerTable and(AnswerTable next) {
        return new AnswerTable(
                columns, Stream.concat(rows.stream(), next.rows.stream()).toList());
    }

    /** The first rows, that many at most. */
    public AnswerTable first(int most) {
        return rows.size() <= most ? this : new AnswerTable(columns, rows.subList(0, most));
    }
}
