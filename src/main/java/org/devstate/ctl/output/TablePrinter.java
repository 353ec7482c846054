// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;

/** For people: aligned columns without lines or colours; then single values; then notes. */
public final class TablePrinter implements Printer {

    private static final String GAP = "  ";

    @Override
    public void print(Result result, PrintWriter out) {
        Table table = result.table();
        if (table != null) {
            print(table, out);
        }
        List<Field> single =
                result.fields().stream().filter(field -> !isLong(field)).toList();
        int width =
                single.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        single.forEach(field ->
                out.println((pad(field.name(), width) + GAP + cell(field.type(), field.text())).stripTrailing()));
        boolean first = table == null && single.isEmpty();
        for (Field field : result.fields()) {
            if (isLong(field) && !field.values().isEmpty()) {
                printHead(field.name(), first, out);
                first = false;
                field.values().forEach(line -> out.println(TerminalText.of(line)));
            }
        }
        for (Table below : result.namedTables().toList()) {
            if (!below.rows().isEmpty()) {
                printHead(below.name(), first, out);
                first = false;
                print(below, out);
            }
        }
        result.notes(Note.Severity.INFO).forEach(note -> out.println(TerminalText.of(note)));
    }

    private static boolean isLong(Field field) {
        return field.type() == Field.Type.LINES;
    }

    /** Prints the title of a block: of lines as they are, to be copied, or of a table. */
    private static void printHead(String name, boolean first, PrintWriter out) {
        if (!first) {
            out.println();
        }
        out.println("# " + name);
    }

    private static void print(Table table, PrintWriter out) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        List<List<String>> lines = Stream.concat(
                        Stream.of(names), table.rows().stream().map(row -> cells(table.columns(), row)))
                .toList();
        int[] widths = new int[table.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(line.get(i)));
            }
        }
        lines.forEach(line -> out.println(line(line, widths)));
    }

    private static List<String> cells(List<Column> columns, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> cell(columns.get(i).type(), row.get(i)))
                .toList();
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(pad(cells.get(i), widths[i]));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    /** An empty cell would shift the later ones for programs that split at blanks. */
    private static String cell(Field.Type type, String text) {
        if (type == Field.Type.YES_NO) {
            return Field.isYes(text) ? "yes" : "no";
        }
        return text.isEmpty() ? "-" : TerminalText.of(text);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - TerminalText.width(text));
    }

    @Override
    public void printLine(List<Column> columns, List<String> row, PrintWriter out) {
        out.println(String.join(GAP, cells(columns, row)));
    }

    @Override
    public void warn(String warning, PrintWriter err) {
        err.println("warning: " + TerminalText.of(warning));
    }

    @Override
    public void fail(Failure failure, PrintWriter err) {
        err.println(failure.text());
    }
}
