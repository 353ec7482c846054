package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.ctl.xmpp.Answer;
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
            if (isLong(value) && !value.lines().isEmpty()) {
                printLong(value, first, out);
                first = false;
            }
        }
        answer.notes(Note.Kind.INFO).forEach(note -> out.println(PlainText.of(note)));
    }

    private static boolean isLong(Value value) {
        return value.kind() == Value.Kind.LINES;
    }

    private static String text(Value value) {
        if (value.kind() == Value.Kind.YES_NO) {
            return value.yes() ? "yes" : "no";
        }
        return value.text();
    }

    /** Its lines as they are, to be copied, below its name. */
    private static void printLong(Value value, boolean first, PrintWriter out) {
        if (!first) {
            out.println();
        }
        out.println("# " + value.name());
        value.lines().forEach(line -> out.println(PlainText.of(line)));
    }

    private static void print(Table table, PrintWriter out) {
        List<List<String>> lines = Stream.concat(Stream.of(table.columns()), table.rows().stream())
                .map(row -> row.stream().map(TablePrinter::cell).toList())
                .toList();
        int[] widths = new int[table.columns().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], PlainText.width(line.get(i)));
            }
        }
        lines.forEach(line -> out.println(line(line, widths)));
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
    public void printLine(List<String> columns, List<String> row, PrintWriter out) {
        out.println(String.join(GAP, row.stream().map(TablePrinter::cell).toList()));
    }
}
