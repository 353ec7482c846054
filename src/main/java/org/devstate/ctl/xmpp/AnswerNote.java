package org.devstate.ctl.xmpp;

/**
 * A line for the person.
 *
 * @param kind how bad it is
 * @param text what there is to say
 */
public record AnswerNote(Kind kind, String text) {

    /** How bad it is. */
    public enum Kind {
        INFO,
        WARN,
        ERROR
    }
}
