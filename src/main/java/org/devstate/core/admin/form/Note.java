package org.devstate.core.admin.form;

/**
 * A line for the person.
 *
 * @param kind how bad it is
 * @param text what there is to say
 */
public record Note(Kind kind, String text) {

    /** How bad it is. */
    public enum Kind {
        INFO("info"),
        WARN("warn"),
        ERROR("error");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word on the wire. */
        public String word() {
            return word;
        }
    }

    /** Something that was done. */
    public static Note info(String text) {
        return new Note(Kind.INFO, text);
    }

    /** Something that may not be what was meant. */
    public static Note warn(String text) {
        return new Note(Kind.WARN, text);
    }

    /** Something that is wrong. */
    public static Note error(String text) {
        return new Note(Kind.ERROR, text);
    }
}
