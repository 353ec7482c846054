// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.List;
import java.util.stream.Stream;

/**
 * One field of a form or a result (XEP-0004, 3.2).
 *
 * @param name for programs
 * @param type of its content
 * @param label for people
 * @param values its content; of {@link Type#LINES} one a line, else at most one
 * @param prompt for the user who fills it in
 */
public record Field(String name, Type type, String label, List<String> values, Prompt prompt) {

    /** The type of the content of a field, or of the cells of a column. */
    public enum Type {
        TEXT("text-single", ""),
        /** A decimal number; empty if there is none. */
        NUMBER("text-single", "xs:decimal"),
        /** A moment, as {@link Utc} writes it. */
        TIME("text-single", "xs:dateTime"),
        /** A length of time: a decimal number in the unit with which the name ends, such as {@code lag-ms}. */
        DURATION("text-single", "x:duration"),
        LINES("text-multi", ""),
        CHOICE("list-single", ""),
        YES_NO("boolean", ""),
        /** Lines to be read only. XEP-0004 has a type for that, of which clients show one line or none. */
        FIXED("text-multi", "");

        private final String word;
        private final String datatype;

        Type(String word, String datatype) {
            this.word = word;
            this.datatype = datatype;
        }

        /** The type on the wire (XEP-0004, 3.3). */
        public String word() {
            return word;
        }

        /** The data type for programs (XEP-0122), if {@link #word} is not enough; else empty. */
        public String datatype() {
            return datatype;
        }

        /** Returns the type with that form on the wire, or the nearest one. */
        public static Type of(String word, String datatype) {
            return Stream.of(values())
                    .filter(type -> type.word.equals(word) && type.datatype.equals(datatype))
                    .findFirst()
                    .orElse(word.endsWith("-multi") ? LINES : TEXT);
        }
    }

    /**
     * The part of a field for the user who fills it in.
     *
     * @param description unit, default and range; may be empty
     * @param required whether it must be filled in
     * @param options the valid choices; empty if it is no choice
     */
    public record Prompt(String description, boolean required, List<String> options) {

        private static final Prompt NONE = new Prompt("", false, List.of());

        public Prompt {
            options = List.copyOf(options);
        }
    }

    public Field {
        values = List.copyOf(values);
    }

    private static Field of(String name, Type type, String label, String description) {
        return new Field(name, type, label, List.of(), new Prompt(description, false, List.of()));
    }

    /** A line of text. */
    public static Field text(String name, String label, String description) {
        return of(name, Type.TEXT, label, description);
    }

    /** A number. */
    public static Field number(String name, String label, Object number) {
        return new Field(name, Type.NUMBER, label, List.of(String.valueOf(number)), Prompt.NONE);
    }

    /** Lines of text. */
    public static Field lines(String name, String label, String description) {
        return of(name, Type.LINES, label, description);
    }

    /** One of several. */
    public static Field choice(String name, String label, String description, List<String> options) {
        return new Field(name, Type.CHOICE, label, List.of(), new Prompt(description, false, options));
    }

    /** Yes or no; no at first. */
    public static Field yesNo(String name, String label, String description) {
        return of(name, Type.YES_NO, label, description).with("false");
    }

    /** Lines to be read. */
    public static Field fixed(String name, String label, List<String> lines) {
        return new Field(name, Type.FIXED, label, lines, Prompt.NONE);
    }

    /** A field that was received, without its prompt. */
    public static Field read(String name, Type type, String label, List<String> values) {
        return new Field(name, type, label, values, Prompt.NONE);
    }

    /** The same, which must be filled in. */
    public Field mandatory() {
        return new Field(name, type, label, values, new Prompt(prompt.description, true, prompt.options));
    }

    /** The same with other content. */
    public Field with(List<String> content) {
        return new Field(name, type, label, content, prompt);
    }

    /** The same with other content; empty for none. */
    public Field with(String content) {
        return with(content.isEmpty() ? List.of() : List.of(content));
    }

    /** All of its content, with line breaks; empty if there is none. */
    public String text() {
        return String.join("\n", values);
    }

    /** Whether it means yes. */
    public boolean yes() {
        return isYes(text());
    }

    /** Whether a text means yes (XEP-0004, 3.3). */
    public static boolean isYes(String text) {
        return text.equals("1") || text.equals("true");
    }
}
