package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerColumn;
import org.devstate.ctl.xmpp.AnswerNote;
import org.devstate.ctl.xmpp.AnswerTable;
import org.devstate.ctl.xmpp.AnswerValue;
import org.devstate.ctl.xmpp.Failure;

/**
 * Prints for programs. A table is an array of objects. Any other answer is one object, with its table, if it has one, as {@code rows},
 * and its notes as {@code notes}. The service marks the fields and columns that are numbers or booleans; a missing number is {@code
 * null}. Warnings and errors are one object a line on standard error: {@code {"warning": "..."}}, and {@code {"errors": ["..."],
 * "status": 1}} with the exit status.
 */
public final class JsonPrinter implements Printer {

    private static final String NUMBER = "-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?";

    @Override
    public void print(Answer answer, PrintWriter out) {
        AnswerTable table = answer.table();
        List<String> notes = answer.notes(AnswerNote.Kind.INFO);
        if (table != null && answer.values().isEmpty() && notes.isEmpty()) {
            out.println(array(table, "\n  ", "\n"));
            return;
        }
        Map<String, String> members = new LinkedHashMap<>();
        answer.values().forEach(value -> members.put(value.name(), json(value)));
        if (table != null) {
            members.put("rows", array(table, "\n    ", "\n  "));
        }
        if (!notes.isEmpty()) {
            members.put("notes", array(notes));
        }
        out.println(members.entrySet().stream()
                .map(member -> "\n  " + string(member.getKey()) + ": " + member.getValue())
                .collect(Collectors.joining(",", "{", "\n}")));
    }

    @Override
    public void printLine(List<AnswerColumn> columns, List<String> row, PrintWriter out) {
        out.println(object(columns, row));
    }

    @Override
    public void warn(String warning, PrintWriter err) {
        err.println("{\"warning\": " + string(warning) + "}");
    }

    @Override
    public void fail(Failure failure, PrintWriter err) {
        err.println(
                "{\"errors\": " + array(failure.text().lines().toList()) + ", \"status\": " + failure.status() + "}");
    }

    private static String array(AnswerTable table, String before, String end) {
        if (table.rows().isEmpty()) {
            return "[]";
        }
        return table.rows().stream()
                .map(row -> before + object(table.columns(), row))
                .collect(Collectors.joining(",", "[", end + "]"));
    }

    private static String object(List<AnswerColumn> columns, List<String> row) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < columns.size(); i++) {
            object.append(i == 0 ? "" : ", ")
                    .append(string(columns.get(i).name()))
                    .append(": ");
            object.append(scalar(columns.get(i).kind(), row.get(i)));
        }
        return object.append('}').toString();
    }

    private static String json(AnswerValue value) {
        return switch (value.kind()) {
            case LINES -> array(value.lines());
            case ROWS -> array(value.table(), "\n    ", "\n  ");
            case TEXT, NUMBER, YES_NO -> scalar(value.kind(), value.text());
        };
    }

    private static String array(List<String> lines) {
        return lines.stream().map(JsonPrinter::string).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String scalar(AnswerValue.Kind kind, String text) {
        return switch (kind) {
            case NUMBER -> text.isEmpty() ? "null" : text.matches(NUMBER) ? text : string(text);
            case YES_NO -> Boolean.toString(AnswerValue.isYes(text));
            default -> string(text);
        };
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(TerminalText.isPlain(c) ? Character.toString(c) : TerminalText.of(Character.toString(c)));
        });
        return json.append('"').toString();
    }
}
