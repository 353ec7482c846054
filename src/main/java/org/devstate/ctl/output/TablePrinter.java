package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerColumn;
import org.devstate.ctl.xmpp.AnswerNote;
import org.devstate.ctl.xmpp.AnswerTable;
import org.devstate.ctl.xmpp.AnswerValue;
import org.devstate.ctl.xmpp.Failure;

/** For people: aligned columns without lines or colours; then single values; then notes. */
public final class TablePrinter implements Printer {

    private static final String GAP = "  ";

    @Override
    public void print(Answer answer, PrintWriter out) {
        AnswerTable table = answer.table();
        if (table != null) {
            print(table, out);
        }
        List<AnswerValue> single =
                answer.values().stream().filter(value -> !isLong(value)).toList();
        int width =
                single.stream().mapToInt(value -> value.name().length()).max().orElse(0);
        single.forEach(value -> out.println((pad(value.name(), width) + GAP + cell(text(value))).stripTrailing()));
        boolean first = table == null && single.isEmpty();
        for (AnswerValue value : answer.values()) {
            AnswerTable rows = value.kind() == AnswerValue.Kind.ROWS ? value.table() : null;
            boolean holdsSome = rows == null
                    ? isLong(value) && !value.lines().isEmpty()
                    : !rows.rows().isEmpty();
            if (holdsSome) {
                printHead(value, first, out);
                first = false;
                if (rows == null) {
                    value.lines().forEach(line -> out.println(TerminalText.of(line)));
                } else {
                    print(rows, out);
                }
            }
        }
        answer.notes(AnswerNote.Kind.INFO).forEach(note -> out.println(TerminalText.of(note)));
    }

    private static boolean isLong(AnswerValue value) {
        return value.kind() == AnswerValue.Kind.LINES || value.kind() == AnswerValue.Kind.ROWS;
    }

    private static String text(AnswerValue value) {
        return text(value.kind(), value.text());
    }

    private static String text(AnswerValue.Kind kind, String text) {
        return kind == AnswerValue.Kind.YES_NO ? (AnswerValue.isYes(text) ? "yes" : "no") : text;
    }

    /** Prints the title of a block: of lines as they are, to be copied, or of a table. */
    private static void printHead(AnswerValue value, boolean first, PrintWriter out) {
        if (!first) {
            out.println();
        }
        out.println("# " + value.name());
    }

    private static void print(AnswerTable table, PrintWriter out) {
        List<String> names = table.columns().stream().map(AnswerColumn::name).toList();
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

    private static List<String> cells(List<AnswerColumn> columns, List<String> row) {
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

    /** An empty cell would shift the later ones for programs that split at blanks. */
    private static String cell(String text) {
        return text.isEmpty() ? "-" : TerminalText.of(text);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - TerminalText.width(text));
    }

    @Override
    public void printLine(List<AnswerColumn> columns, List<String> row, PrintWriter out) {
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
