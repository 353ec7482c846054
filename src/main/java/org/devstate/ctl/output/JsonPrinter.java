// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;

/**
 * Prints for programs. A table is an array of objects. Any other result is one object, with its table, if it has one, as {@code rows},
 * and its notes as {@code notes}. Numbers and booleans follow the types of fields and columns; a missing number is {@code null}.
 * Warnings and errors are one object a line on standard error: {@code {"warning": "..."}}, and {@code {"errors": ["..."], "status": 1}}
 * with the exit status.
 */
public final class JsonPrinter implements Printer {

    /** The style of a row. */
    private static final FormattingStyle ON_ONE_LINE = FormattingStyle.COMPACT.withSpaceAfterSeparators(true);

    /** A part of a JSON text. */
    private interface Body {
        void write(JsonWriter json) throws IOException;
    }

    @Override
    public void print(Result result, PrintWriter out) {
        Table table = result.table();
        boolean only = result.fields().isEmpty()
                && result.namedTables().findAny().isEmpty()
                && result.notes(Note.Severity.INFO).isEmpty();
        out.println(json(
                FormattingStyle.PRETTY,
                table != null && only
                        ? json -> JsonValues.write(json, table)
                        : json -> {
                            json.beginObject();
                            members(json, result);
                            json.endObject();
                        }));
    }

    private static void members(JsonWriter json, Result result) throws IOException {
        JsonValues.write(json, result);
        List<String> notes = result.notes(Note.Severity.INFO);
        if (!notes.isEmpty()) {
            json.name("notes");
            JsonValues.write(json, notes);
        }
    }

    @Override
    public void printLine(List<Column> columns, List<String> row, PrintWriter out) {
        out.println(json(ON_ONE_LINE, json -> JsonValues.write(json, columns, row)));
    }

    @Override
    public void warn(String warning, PrintWriter err) {
        err.println(json(
                ON_ONE_LINE,
                json -> json.beginObject().name("warning").value(warning).endObject()));
    }

    @Override
    public void fail(Failure failure, PrintWriter err) {
        err.println(json(ON_ONE_LINE, json -> {
            json.beginObject().name("errors");
            JsonValues.write(json, failure.text().lines().toList());
            json.name("status").value(failure.status()).endObject();
        }));
    }

    /** Escapes not only as JSON requires, but also characters that are not safe for a terminal. */
    private static String json(FormattingStyle style, Body body) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(style);
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().lines().map(TerminalText::of).collect(Collectors.joining("\n"));
    }
}
