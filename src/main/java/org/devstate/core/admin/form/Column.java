// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

/**
 * One column of a table.
 *
 * @param name for programs and people
 * @param type of its cells, which are single lines
 */
public record Column(String name, Field.Type type) {

    /** One of text. */
    public static Column text(String name) {
        return new Column(name, Field.Type.TEXT);
    }
}
