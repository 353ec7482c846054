package org.devstate.core.admin.form;

/**
 * One column of a table.
 *
 * @param name what programs and people call it
 * @param kind what its cells hold
 */
public record Column(String name, Kind kind) {

    /** What a cell holds. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** A whole or decimal number; empty if there is none. */
        NUMBER,
        /** {@code true} or {@code false}. */
        YES_NO
    }
}
