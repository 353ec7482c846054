package org.devstate.ctl.output;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.devstate.core.admin.form.Field;

/** Writes cells of tables and values of fields as JSON, by their type. Stateless. */
public final class JsonValues {

    private static final String NUMBER = "-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?";

    private JsonValues() {}

    /** Writes a field as a member of an object: its name, and its value or its lines. */
    public static void write(JsonWriter json, Field field) throws IOException {
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

    /** Writes a value: a number or {@code null}, a truth value, or a text. */
    public static void write(JsonWriter json, Field.Type type, String text) throws IOException {
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
