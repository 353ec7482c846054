package org.devstate.ctl.output;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Note;
import org.devstate.ctl.xmpp.Table;
import org.devstate.ctl.xmpp.Value;

/**
 * For programs: a table is an array of objects; all else is one object, with the table, if there is one besides, as {@code rows}, and
 * notes as {@code notes}. What is a number by its meaning is a number; names and values of devices are strings always.
 */
public final class JsonPrinter implements Printer {

    private static final Set<String> NUMBERS = Set.of(
            "servers",
            "online",
            "eids",
            "entries",
            "publishes-per-s",
            "notifications-per-s",
            "lag-ms",
            "age-s",
            "version",
            "seq");

    @Override
    public void print(Answer answer, PrintWriter out) {
        Table table = answer.table();
        List<String> notes = answer.notes(Note.Kind.INFO);
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
    public void printLine(List<String> columns, List<String> row, PrintWriter out) {
        out.println(object(columns, row));
    }

    private static String array(Table table, String before, String end) {
        if (table.rows().isEmpty()) {
            return "[]";
        }
        return table.rows().stream()
                .map(row -> before + object(table.columns(), row))
                .collect(Collectors.joining(",", "[", end + "]"));
    }

    private static String object(List<String> columns, List<String> row) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < columns.size(); i++) {
            object.append(i == 0 ? "" : ", ").append(string(columns.get(i))).append(": ");
            object.append(scalar(columns.get(i), row.get(i)));
        }
        return object.append('}').toString();
    }

    private static String json(Value value) {
        return switch (value.kind()) {
            case LINES -> array(value.lines());
            case YES_NO -> Boolean.toString(value.yes());
            case TEXT -> scalar(value.name(), value.text());
        };
    }

    private static String array(List<String> lines) {
        return lines.stream().map(JsonPrinter::string).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String scalar(String name, String text) {
        boolean number = NUMBERS.contains(name) && text.matches("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");
        return number ? text : string(text);
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(PlainText.isPlain(c) ? Character.toString(c) : PlainText.of(Character.toString(c)));
        });
        return json.append('"').toString();
    }
}
