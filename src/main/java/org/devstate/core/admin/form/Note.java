// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

/**
 * A line for the user.
 *
 * @param kind information, warning or error
 * @param text of the line
 */
public record Note(Severity kind, String text) {

    /** How bad it is. */
    public enum Severity {
        INFO("info"),
        WARN("warn"),
        ERROR("error");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        /** Its name on the wire. */
        public String word() {
            return word;
        }
    }

    /** Something that was done. */
    public static Note info(String text) {
        return new Note(Severity.INFO, text);
    }

    /** A warning that a valid request may be a mistake. */
    public static Note warn(String text) {
        return new Note(Severity.WARN, text);
    }

    /** Something that is wrong. */
    public static Note error(String text) {
        return new Note(Severity.ERROR, text);
    }
}
