package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Column;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Note;
import org.devstate.ctl.xmpp.Table;
import org.devstate.ctl.xmpp.Value;

/** For people: aligned columns without lines or colours; then single values; then notes. */
public final class TablePrinter implements Printer {

    private static final String GAP = "  ";

    @Override
    public void print(Answer answer, PrintWriter out) {
        Table table = answer.table();
        if (table != null) {
            print(table, out);
        }
        List<Value> single =
                answer.values().stream().filter(value -> !isLong(value)).toList();
        int width =
                single.stream().mapToInt(value -> value.name().length()).max().orElse(0);
        single.forEach(value -> out.println((pad(value.name(), width) + GAP + cell(text(value))).stripTrailing()));
        boolean first = table == null && single.isEmpty();
        for (Value value : answer.values()) {
            Table rows = value.kind() == Value.Kind.ROWS ? value.table() : null;
            boolean holdsSome = rows == null
                    ? isLong(value) && !value.lines().isEmpty()
                    : !rows.rows().isEmpty();
            if (holdsSome) {
                printHead(value, first, out);
                first = false;
                if (rows == null) {
                    value.lines().forEach(line -> out.println(PlainText.of(line)));
                } else {
                    print(rows, out);
                }
            }
        }
        answer.notes(Note.Kind.INFO).forEach(note -> out.println(PlainText.of(note)));
    }

    private static boolean isLong(Value value) {
        return value.kind() == Value.Kind.LINES || value.kind() == Value.Kind.ROWS;
    }

    private static String text(Value value) {
        return text(value.kind(), value.text());
    }

    private static String text(Value.Kind kind, String text) {
        return kind == Value.Kind.YES_NO ? (Value.isYes(text) ? "yes" : "no") : text;
    }

    /** What is below: lines as they are, to be copied, or a table. */
    private static void printHead(Value value, boolean first, PrintWriter out) {
        if (!first) {
            out.println();
        }
        out.println("# " + value.name());
    }

    private static void print(Table table, PrintWriter out) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        List<List<String>> lines = Stream.concat(
                        Stream.of(names), table.rows().stream().map(row -> cells(table.columns(), row)))
                .toList();
        int[] widths = new int[table.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], PlainText.width(line.get(i)));
            }
        }
        lines.forEach(line -> out.println(line(line, widths)));
    }

    private static List<String> cells(List<Column> columns, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> cell(text(columns.get(i).kind(), row.get(i))))
                .toList();
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(pad(cells.get(i), widths[i]));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    /** An empty cell would shift what follows for programs that split at blanks. */
    private static String cell(String text) {
        return text.isEmpty() ? "-" : PlainText.of(text);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - PlainText.width(text));
    }

    @Override
    public void printLine(List<Column> columns, List<String> row, PrintWriter out) {
        out.println(String.join(GAP, cells(columns, row)));
    }

    @Override
    public void warn(String warning, PrintWriter err) {
        err.println("warning: " + PlainText.of(warning));
    }

    @Override
    public void fail(Failure failure, PrintWriter err) {
        err.println(failure.text());
    }
}
