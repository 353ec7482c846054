// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.List;
import java.util.Map;

/**
 * A form to fill in.
 *
 * @param title its purpose
 * @param instructions for the user
 * @param fields to fill in; no two of one name
 */
public record Form(String title, String instructions, List<Field> fields) {

    public Form {
        fields = List.copyOf(fields);
    }

    /**
     * Returns the form with the submitted values. A field without one keeps its content, and a field that is only shown does so always.
     */
    public Form filled(Map<String, List<String>> values) {
        List<Field> changed = fields.stream()
                .map(field -> field.type() == Field.Type.FIXED
                        ? field
                        : field.with(values.getOrDefault(field.name(), field.values())))
                .toList();
        return new Form(title, instructions, changed);
    }
}
