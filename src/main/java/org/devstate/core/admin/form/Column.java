package org.devstate.core.admin.form;

/**
 * One column of a table.
 *
 * @param name for programs and people
 * @param kind of its cells
 */
public record Column(String name, Kind kind) {

    /** The kind of the cells. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** A whole or decimal number; empty if there is none. */
        NUMBER,
        /** {@code true} or {@code false}. */
        YES_NO
    }
}
