package org.devstate.core.admin.form;

import java.util.List;

/**
 * One field of a form or a result (XEP-0004, 3.2).
 *
 * @param name for programs
 * @param type of its content
 * @param label for people
 * @param description unit, default and range, for people; may be empty
 * @param required whether it must be filled in
 * @param options the valid choices; empty if it is no choice
 * @param values its content; of {@link Type#LINES} one a line, else at most one
 */
public record Field(
        String name,
        Type type,
        String label,
        String description,
        boolean required,
        List<String> options,
        List<String> values) {

    /** The type of a field's content. */
    public enum Type {
        TEXT("text-single"),
        /** A number; its text shows whether it is whole. */
        NUMBER("text-single"),
        LINES("text-multi"),
        /** Rows of a table beside a result's own table, as {@link Table#lines}. */
        ROWS("text-multi"),
        CHOICE("list-single"),
        YES_NO("boolean"),
        /** Lines to be read only. XEP-0004 has a type for that, of which clients show one line or none. */
        FIXED("text-multi");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** Its name on the wire. */
        public String word() {
            return word;
        }
    }

    public Field {
        options = List.copyOf(options);
        values = List.copyOf(values);
    }

    /** A line of text. */
    public static Field text(String name, String label, String description) {
        return new Field(name, Type.TEXT, label, description, false, List.of(), List.of());
    }

    /** A number. */
    public static Field number(String name, String label, Object number) {
        return new Field(name, Type.NUMBER, label, "", false, List.of(), List.of(String.valueOf(number)));
    }

    /** Rows of a table. */
    public static Field rows(String name, String label, Table table) {
        return new Field(name, Type.ROWS, label, "", false, List.of(), table.lines());
    }

    /** Lines of text. */
    public static Field lines(String name, String label, String description) {
        return new Field(name, Type.LINES, label, description, false, List.of(), List.of());
    }

    /** One of several. */
    public static Field choice(String name, String label, String description, List<String> options) {
        return new Field(name, Type.CHOICE, label, description, false, options, List.of());
    }

    /** Yes or no; no at first. */
    public static Field yesNo(String name, String label, String description) {
        return new Field(name, Type.YES_NO, label, description, false, List.of(), List.of("false"));
    }

    /** Lines to be read. */
    public static Field fixed(String name, String label, List<String> lines) {
        return new Field(name, Type.FIXED, label, "", false, List.of(), lines);
    }

    /** The same, which must be filled in. */
    public Field mandatory() {
        return new Field(name, type, label, description, true, options, values);
    }

    /** The same with other content. */
    public Field with(List<String> content) {
        return new Field(name, type, label, description, required, options, content);
    }

    /** The same with other content; empty for none. */
    public Field with(String content) {
        return with(content.isEmpty() ? List.of() : List.of(content));
    }
}
