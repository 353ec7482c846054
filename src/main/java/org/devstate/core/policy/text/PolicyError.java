// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

/**
 * An error in the text of a policy.
 *
 * @param line its line, from 1
 * @param column its place in the line, from 1
 * @param message the error, and the valid forms
 */
public record PolicyError(int line, int column, String message) {

    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
