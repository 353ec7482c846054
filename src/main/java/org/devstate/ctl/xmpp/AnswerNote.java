package org.devstate.ctl.xmpp;

/**
 * A line for the user.
 *
 * @param kind information, warning or error
 * @param text of the line
 */
public record AnswerNote(Kind kind, String text) {

    /** How bad it is. */
    public enum Kind {
        INFO,
        WARN,
        ERROR
    }
}
