package org.devstate.ctl.xmpp;

/**
 * One column of a table.
 *
 * @param name what it is called
 * @param kind what its cells hold: text, a number (empty if there is none), or yes or no
 */
public record Column(String name, Value.Kind kind) {

    /** One of text. */
    public static Column text(String name) {
        return new Column(name, Value.Kind.TEXT);
    }
}
