package org.devstate.ctl.xmpp;

import java.util.List;

/**
 * One field of an answer.
 *
 * @param name for programs
 * @param kind of its content
 * @param lines its content; at most one unless it is of lines
 */
public record AnswerValue(String name, Kind kind, List<String> lines) {

    /** The kind of a field's content. */
    public enum Kind {
        TEXT,
        NUMBER,
        LINES,
        /** Rows of a table, see {@link #table}. */
        ROWS,
        YES_NO
    }

    public AnswerValue {
        lines = List.copyOf(lines);
    }

    /** A line of text. */
    public static AnswerValue text(String name, String text) {
        return new AnswerValue(name, Kind.TEXT, List.of(text));
    }

    /** Lines of text. */
    public static AnswerValue lines(String name, List<String> lines) {
        return new AnswerValue(name, Kind.LINES, lines);
    }

    /** All of it, with line breaks; empty if there is none. */
    public String text() {
        return String.join("\n", lines);
    }

    /** The table that it holds. */
    public AnswerTable table() {
        return AnswerTable.ofLines(lines);
    }

    /** Whether it means yes (XEP-0004, 3.3). */
    public boolean yes() {
        return isYes(text());
    }

    /** Whether a text means yes (XEP-0004, 3.3). */
    public static boolean isYes(String text) {
        return text.equals("1") || text.equals("true");
    }
}
