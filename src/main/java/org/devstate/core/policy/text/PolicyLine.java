// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

/** One line of a policy, read token by token. Not thread-safe. */
final class PolicyLine {

    private final String text;
    private final int number;
    private int next;
    private int start;

    /** @param number the number of the line, from 1 */
    PolicyLine(String text, int number) {
        this.text = withoutComment(text);
        this.number = number;
        skipBlanks();
        start = next;
    }

    /** A comment begins at the start of a line, or after a blank: names may have a {@code #} inside. */
    private static String withoutComment(String text) {
        for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
                return text.substring(0, i).stripTrailing();
            }
        }
        return text.stripTrailing();
    }

    /** Whether nothing is left. */
    boolean isAtEnd() {
        return next == text.length();
    }

    /** The next token; empty at the end. */
    String word() {
        start = next;
        while (next < text.length() && !Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        String word = text.substring(start, next);
        skipBlanks();
        return word;
    }

    /** All that is left, as it stands. */
    String rest() {
        start = next;
        next = text.length();
        return text.substring(start);
    }

    /** The place of a token. */
    record TokenPosition(int line, int column) {

        PolicyError fault(String message) {
            return new PolicyError(line, column, message);
        }
    }

    /** The place of the token, or the rest, that was read last. */
    TokenPosition place() {
        return new TokenPosition(number, start + 1);
    }

    /** The error in the token, or the rest, that was read last. */
    PolicyError fault(String message) {
        return place().fault(message);
    }

    int number() {
        return number;
    }

    private void skipBlanks() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
    }
}
