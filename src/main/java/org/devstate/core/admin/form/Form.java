package org.devstate.core.admin.form;

import java.util.List;
import java.util.Map;

/**
 * What is to be filled in.
 *
 * @param title what it is for
 * @param instructions what to do
 * @param fields what to fill in; no two of one name
 */
public record Form(String title, String instructions, List<Field> fields) {

    public Form {
        fields = List.copyOf(fields);
    }

    /** The same with what was filled in; what was not keeps its content, and what is only to be read does so always. */
    public Form filled(Map<String, List<String>> values) {
        List<Field> changed = fields.stream()
                .map(field -> field.type() == Field.Type.FIXED
                        ? field
                        : field.with(values.getOrDefault(field.name(), field.values())))
                .toList();
        return new Form(title, instructions, changed);
    }
}
