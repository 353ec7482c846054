package org.devstate.core.admin.form;

/**
 * A line for the user.
 *
 * @param kind information, warning or error
 * @param text of the line
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

        /** Its name on the wire. */
        public String word() {
            return word;
        }
    }

    /** Something that was done. */
    public static Note info(String text) {
        return new Note(Kind.INFO, text);
    }

    /** A warning that a valid request may be a mistake. */
    public static Note warn(String text) {
        return new Note(Kind.WARN, text);
    }

    /** Something that is wrong. */
    public static Note error(String text) {
        return new Note(Kind.ERROR, text);
    }
}
