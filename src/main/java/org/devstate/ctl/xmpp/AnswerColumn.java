package org.devstate.ctl.xmpp;

/**
 * One column of a table.
 *
 * @param name of the column
 * @param kind of its cells: text, a number (empty if there is none), or yes or no
 */
public record AnswerColumn(String name, AnswerValue.Kind kind) {

    /** One of text. */
    public static AnswerColumn text(String name) {
        return new AnswerColumn(name, AnswerValue.Kind.TEXT);
    }
}
