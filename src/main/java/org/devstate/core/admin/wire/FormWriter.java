package org.devstate.core.admin.wire;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String INTEGER = "xs:integer";
    private static final String DECIMAL = "xs:decimal";

    private FormWriter() {}

    /**
     * @param notes lines for the user; written before the instructions, because clients show those but not all show notes with a form
     */
    static XmlElement form(Form form, List<Note> notes) {
        XmlElement.Builder x = begin("form", form.title());
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
        String told = notes.stream().map(Note::text).collect(Collectors.joining("; "));
        return told.isEmpty() ? form.instructions() : told + ". " + form.instructions();
    }

    static XmlElement result(Result result) {
        XmlElement.Builder x = begin("result", result.title());
        x.child(formType());
        result.fields().forEach(field -> x.child(field(field, false)));
        Table table = result.table();
        if (table != null) {
            x.child(reported(table.columns()));
            table.rows().forEach(row -> x.child(item(table.columns(), row)));
        }
        return x.build();
    }

    private static XmlElement.Builder begin(String type, String title) {
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
        XmlElement.Builder element = element("field")
                .attribute("var", field.name())
                .attribute("type", field.type().word())
                .attribute("label", DisplayText.of(field.label()));
        if (asked && !field.description().isEmpty()) {
            element.child(text("desc", field.description()));
        }
        if (asked && field.required()) {
            element.child("required", Namespaces.DATA_FORM);
        }
        String datatype = datatype(field);
        if (!datatype.isEmpty()) {
            element.child(validate(datatype));
        }
        field.values().forEach(value -> element.child(value(field, value)));
        if (asked) {
            field.options().forEach(option -> element.child(option(option)));
        }
        return element.build();
    }

    /** The data type for programs (XEP-0122), if XEP-0004's own type is not enough; empty for texts. */
    private static String datatype(Field field) {
        return switch (field.type()) {
            case NUMBER -> field.values().stream().allMatch(value -> value.contains(".")) ? DECIMAL : INTEGER;
            case ROWS -> "x:table";
            default -> "";
        };
    }

    private static XmlElement validate(String datatype) {
        return XmlElement.element("validate", Namespaces.DATA_VALIDATE)
                .attribute("datatype", datatype)
                .build();
    }

    private static XmlElement value(Field field, String value) {
        if (field.type() != Field.Type.ROWS) {
            return text("value", value);
        }
        String cells = Stream.of(value.split("\t", -1)).map(DisplayText::of).collect(Collectors.joining("\t"));
        return element("value").text(cells).build();
    }

    private static XmlElement option(String option) {
        return element("option")
                .attribute("label", DisplayText.of(option))
                .child(text("value", option))
                .build();
    }

    private static XmlElement reported(List<Column> columns) {
        XmlElement.Builder reported = element("reported");
        for (Column column : columns) {
            boolean yesNo = column.kind() == Column.Kind.YES_NO;
            XmlElement.Builder field = element("field")
                    .attribute("var", column.name())
                    .attribute("type", (yesNo ? Field.Type.YES_NO : Field.Type.TEXT).word())
                    .attribute("label", column.name());
            if (column.kind() == Column.Kind.NUMBER) {
                field.child(validate(DECIMAL));
            }
            reported.child(field.build());
        }
        return reported.build();
    }

    private static XmlElement item(List<Column> columns, List<String> row) {
        XmlElement.Builder item = element("item");
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

    private static XmlElement.Builder element(String name) {
        return XmlElement.element(name, Namespaces.DATA_FORM);
    }
}
