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

    static AdHocCommandData write(CommandCall request) throws Failure {
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

    private static DataForm write(AnswerForm form) {
        DataForm.Builder builder = DataForm.builder(DataForm.Type.submit).setFormType(form.type());
        form.fields()
                .forEach((name, lines) -> builder.addField(
                        FormField.textMultiBuilder(name).addValues(lines).build()));
        return builder.build();
    }

    static Answer read(AdHocCommandData command) {
        boolean done = command.getStatus() != AdHocCommand.Status.executing;
        String session = command.getSessionID();
        List<AnswerNote> notes =
                command.getNotes().stream().map(CommandStanzas::note).toList();
        DataForm form = command.getForm();
        return new Answer(
                done,
                session == null ? "" : session,
                notes,
                form == null ? List.of() : values(form),
                form == null ? null : table(form));
    }

    private static AnswerNote note(AdHocCommandNote note) {
        AnswerNote.Kind kind =
                switch (note.getType()) {
                    case info -> AnswerNote.Kind.INFO;
                    case warn -> AnswerNote.Kind.WARN;
                    case error -> AnswerNote.Kind.ERROR;
                };
        return new AnswerNote(kind, note.getValue() == null ? "" : note.getValue());
    }

    private static List<AnswerValue> values(DataForm form) {
        List<AnswerValue> values = new ArrayList<>();
        for (FormField field : form.getFields()) {
            if (field.getType() != FormField.Type.hidden && field.getFieldName() != null) {
                values.add(new AnswerValue(field.getFieldName(), kind(field), texts(field)));
            }
        }
        return values;
    }

    /** By its type, and if that is no more than text, by its data type (XEP-0122). */
    private static AnswerValue.Kind kind(FormField field) {
        ValidateElement validate = (ValidateElement) field.getFormFieldChildElement(ValidateElement.QNAME);
        String datatype = validate == null ? "" : validate.getDatatype();
        return switch (field.getType()) {
            case text_multi, jid_multi, list_multi ->
                datatype.equals("x:table") ? AnswerValue.Kind.ROWS : AnswerValue.Kind.LINES;
            case bool -> AnswerValue.Kind.YES_NO;
            default -> NUMBERS.contains(datatype) ? AnswerValue.Kind.NUMBER : AnswerValue.Kind.TEXT;
        };
    }

    private static List<String> texts(FormField field) {
        return field.getRawValueCharSequences().stream()
                .map(CharSequence::toString)
                .toList();
    }

    private static @Nullable AnswerTable table(DataForm form) {
        if (form.getReportedData() == null) {
            return null;
        }
        List<AnswerColumn> columns = form.getReportedData().getFields().stream()
                .map(field -> new AnswerColumn(field.getFieldName(), kind(field)))
                .toList();
        return new AnswerTable(
                columns,
                form.getItems().stream().map(item -> row(columns, item)).toList());
    }

    private static List<String> row(List<AnswerColumn> columns, DataForm.Item item) {
        return columns.stream()
                .map(column -> item.getFields().stream()
                        .filter(field -> column.name().equals(field.getFieldName()))
                        .map(field -> String.join("\n", texts(field)))
                        .findFirst()
                        .orElse(""))
                .toList();
    }
}
