package org.devstate.ctl.xmpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.commands.AdHocCommand;
import org.jivesoftware.smackx.commands.AdHocCommandNote;
import org.jivesoftware.smackx.commands.packet.AdHocCommandData;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jivesoftware.smackx.xdatavalidation.packet.ValidateElement;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Our values as Smack's stanzas, and back. Stateless. */
final class CommandStanzas {

    private static final Set<String> NUMBERS = Set.of("xs:integer", "xs:decimal");

    private CommandStanzas() {}

    static AdHocCommandData write(Request request) throws Failure {
        AdHocCommandData command = new AdHocCommandData();
        try {
            command.setTo(JidCreate.from(request.to()));
        } catch (XmppStringprepException e) {
            throw Failure.usage("'" + request.to() + "' is no address; check --service");
        }
        command.setType(IQ.Type.set);
        command.setNode(request.node());
        command.setSessionID(request.session());
        command.setAction(
                switch (request.action()) {
                    case EXECUTE -> AdHocCommand.Action.execute;
                    case COMPLETE -> AdHocCommand.Action.complete;
                    case CANCEL -> AdHocCommand.Action.cancel;
                });
        if (request.form() != null) {
            command.setForm(write(request.form()));
        }
        return command;
    }

    private static DataForm write(Form form) {
        DataForm.Builder builder = DataForm.builder(DataForm.Type.submit).setFormType(form.type());
        form.fields()
                .forEach((name, lines) -> builder.addField(
                        FormField.textMultiBuilder(name).addValues(lines).build()));
        return builder.build();
    }

    static Answer read(AdHocCommandData command) {
        boolean done = command.getStatus() != AdHocCommand.Status.executing;
        String session = command.getSessionID();
        List<Note> notes = command.getNotes().stream().map(CommandStanzas::note).toList();
        DataForm form = command.getForm();
        return new Answer(
                done,
                session == null ? "" : session,
                notes,
                form == null ? List.of() : values(form),
                form == null ? null : table(form));
    }

    private static Note note(AdHocCommandNote note) {
        Note.Kind kind =
                switch (note.getType()) {
                    case info -> Note.Kind.INFO;
                    case warn -> Note.Kind.WARN;
                    case error -> Note.Kind.ERROR;
                };
        return new Note(kind, note.getValue() == null ? "" : note.getValue());
    }

    private static List<Value> values(DataForm form) {
        List<Value> values = new ArrayList<>();
        for (FormField field : form.getFields()) {
            if (field.getType() != FormField.Type.hidden && field.getFieldName() != null) {
                values.add(new Value(field.getFieldName(), kind(field), texts(field)));
            }
        }
        return values;
    }

    /** By its type, and where that says no more than text, by its data type (XEP-0122). */
    private static Value.Kind kind(FormField field) {
        ValidateElement validate = (ValidateElement) field.getFormFieldChildElement(ValidateElement.QNAME);
        String datatype = validate == null ? "" : validate.getDatatype();
        return switch (field.getType()) {
            case text_multi, jid_multi, list_multi -> datatype.equals("x:table") ? Value.Kind.ROWS : Value.Kind.LINES;
            case bool -> Value.Kind.YES_NO;
            default -> NUMBERS.contains(datatype) ? Value.Kind.NUMBER : Value.Kind.TEXT;
        };
    }

    private static List<String> texts(FormField field) {
        return field.getRawValueCharSequences().stream()
                .map(CharSequence::toString)
                .toList();
    }

    private static @Nullable Table table(DataForm form) {
        if (form.getReportedData() == null) {
            return null;
        }
        List<Column> columns = form.getReportedData().getFields().stream()
                .map(field -> new Column(field.getFieldName(), kind(field)))
                .toList();
        return new Table(
                columns,
                form.getItems().stream().map(item -> row(columns, item)).toList());
    }

    private static List<String> row(List<Column> columns, DataForm.Item item) {
        return columns.stream()
                .map(column -> item.getFields().stream()
                        .filter(field -> column.name().equals(field.getFieldName()))
                        .map(field -> String.join("\n", texts(field)))
                        .findFirst()
                        .orElse(""))
                .toList();
    }
}
