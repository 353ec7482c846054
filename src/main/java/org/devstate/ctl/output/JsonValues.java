// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;

/**
 * Writes tables and fields as JSON. Numbers and truth values follow the types of fields and columns; a missing number is {@code null}.
 * Stateless.
 */
public final class JsonValues {

    private static final String NUMBER = "-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?";

    private JsonValues() {}

    /** Writes the fields and tables of a result as members of an object; the table without a name is {@code rows}. */
    public static void write(JsonWriter json, Result result) throws IOException {
        for (Field field : result.fields()) {
            write(json, field);
        }
        for (Table table : result.tables()) {
            write(json.name(table.name().isEmpty() ? "rows" : table.name()), table);
        }
    }

    /** Writes a table: an array with an object for each row. */
    public static void write(JsonWriter json, Table table) throws IOException {
        json.beginArray();
        for (List<String> row : table.rows()) {
            write(json, table.columns(), row);
        }
        json.endArray();
    }

    /** Writes a row: an object on one line. */
    public static void write(JsonWriter json, List<Column> columns, List<String> row) throws IOException {
        FormattingStyle around = json.getFormattingStyle();
        json.beginObject();
        json.setFormattingStyle(around.withNewline("").withIndent(""));
        for (int i = 0; i < row.size(); i++) {
            write(json.name(columns.get(i).name()), columns.get(i).type(), row.get(i));
        }
        json.endObject();
        json.setFormattingStyle(around);
    }

    /** Writes a field as a member of an object: its name, and its value or its lines. */
    private static void write(JsonWriter json, Field field) throws IOException {
        json.name(field.name());
        if (field.type() == Field.Type.LINES) {
            write(json, field.values());
        } else {
            write(json, field.type(), field.text());
        }
    }

    /** Writes texts as an array. */
    public static void write(JsonWriter json, List<String> texts) throws IOException {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    private static void write(JsonWriter json, Field.Type type, String text) throws IOException {
        switch (type) {
            case NUMBER, DURATION -> writeNumber(json, text);
            case YES_NO -> json.value(Field.isYes(text));
            case TEXT, TIME, LINES, CHOICE, FIXED -> json.value(text);
        }
    }

    private static void writeNumber(JsonWriter json, String text) throws IOException {
        if (text.isEmpty()) {
            json.nullValue();
        } else if (text.matches(NUMBER)) {
            json.jsonValue(text);
        } else {
            json.value(text);
        }
    }
}
