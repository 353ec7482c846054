// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;

/** Writes forms and results (XEP-0004). Stateless. */
final class FormWriter {

    private FormWriter() {}

    /**
     * @param notes lines for the user; written before the instructions, because clients show those but not all show notes with a form
     */
    static XmlElement form(Form form, List<Note> notes) {
        XmlElement.XmlElementBuilder x = begin("form", form.title());
        String instructions = instructions(form, notes);
        if (!instructions.isEmpty()) {
            x.child(text("instructions", instructions));
        }
        x.child(formType());
        form.fields().forEach(field -> x.child(field(field, true)));
        return x.build();
    }

    /** Joins them in one element, because some clients show only the first. */
    private static String instructions(Form form, List<Note> notes) {
        String joined = notes.stream().map(Note::text).collect(Collectors.joining("; "));
        return joined.isEmpty() ? form.instructions() : joined + ". " + form.instructions();
    }

    static XmlElement result(Result result) {
        XmlElement.XmlElementBuilder x = begin("result", result.title());
        x.child(formType());
        result.fields().forEach(field -> x.child(field(field, false)));
        result.namedTables().forEach(table -> x.child(rows(table)));
        Table table = result.table();
        if (table != null) {
            x.child(reported(table.columns()));
            table.rows().forEach(row -> x.child(item(table.columns(), row)));
        }
        return x.build();
    }

    private static XmlElement.XmlElementBuilder begin(String type, String title) {
        return element("x").attribute("type", type).child(text("title", title));
    }

    private static XmlElement formType() {
        return element("field")
                .attribute("var", "FORM_TYPE")
                .attribute("type", "hidden")
                .child(text("value", CommandRequest.FORM_TYPE))
                .build();
    }

    private static XmlElement field(Field field, boolean asked) {
        XmlElement.XmlElementBuilder element =
                field(field.name(), DisplayText.of(field.label()), field.type().word());
        if (asked && !field.prompt().description().isEmpty()) {
            element.child(text("desc", field.prompt().description()));
        }
        if (asked && field.prompt().required()) {
            element.child("required", Namespaces.DATA_FORM);
        }
        validate(element, field.type().datatype());
        field.values().forEach(value -> element.child(text("value", value)));
        if (asked) {
            field.prompt().options().forEach(option -> element.child(option(option)));
        }
        return element.build();
    }

    private static XmlElement rows(Table table) {
        XmlElement.XmlElementBuilder element =
                field(table.name(), DisplayText.of(table.label()), Field.Type.LINES.word());
        validate(element, table.datatype());
        table.lines().forEach(line -> element.child(line(line)));
        return element.build();
    }

    private static XmlElement line(String line) {
        String cells = Arrays.stream(line.split("\t", -1)).map(DisplayText::of).collect(Collectors.joining("\t"));
        return element("value").text(cells).build();
    }

    private static XmlElement.XmlElementBuilder field(String name, String label, String type) {
        return element("field").attribute("var", name).attribute("type", type).attribute("label", label);
    }

    private static void validate(XmlElement.XmlElementBuilder element, String datatype) {
        if (!datatype.isEmpty()) {
            element.child(XmlElement.element("validate", Namespaces.DATA_VALIDATE)
                    .attribute("datatype", datatype)
                    .build());
        }
    }

    private static XmlElement option(String option) {
        return element("option")
                .attribute("label", DisplayText.of(option))
                .child(text("value", option))
                .build();
    }

    private static XmlElement reported(List<Column> columns) {
        XmlElement.XmlElementBuilder reported = element("reported");
        for (Column column : columns) {
            XmlElement.XmlElementBuilder field =
                    field(column.name(), column.name(), column.type().word());
            validate(field, column.type().datatype());
            reported.child(field.build());
        }
        return reported.build();
    }

    private static XmlElement item(List<Column> columns, List<String> row) {
        XmlElement.XmlElementBuilder item = element("item");
        for (int i = 0; i < row.size(); i++) {
            item.child(element("field")
                    .attribute("var", columns.get(i).name())
                    .child(text("value", row.get(i)))
                    .build());
        }
        return item.build();
    }

    private static XmlElement text(String name, String text) {
        return element(name).text(DisplayText.of(text)).build();
    }

    private static XmlElement.XmlElementBuilder element(String name) {
        return XmlElement.element(name, Namespaces.DATA_FORM);
    }
}
