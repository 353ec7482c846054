package org.devstate.core.policy.text;

/**
 * Something in a policy that can't be read.
 *
 * @param line where it is, from 1
 * @param column where in the line, from 1
 * @param message what is wrong, and what would be right
 */
public record PolicyError(int line, int column, String message) {

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
