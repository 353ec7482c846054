// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.util.List;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
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

    private CommandStanzas() {}

    static AdHocCommandData write(CommandCall request) throws Failure {
        AdHocCommandData command = new AdHocCommandData();
        try {
            command.setTo(JidCreate.from(request.to()));
        } catch (XmppStringprepException e) {
            throw Failure.usage("'" + request.to() + "' is not an address; check --service");
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

    private static DataForm write(FilledForm form) {
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
        Result result = form == null ? Result.of("", List.of()) : result(form);
        return new Answer(done, session == null ? "" : session, result.withNotes(notes));
    }

    private static Note note(AdHocCommandNote note) {
        String text = text(note.getValue());
        return switch (note.getType()) {
            case info -> Note.info(text);
            case warn -> Note.warn(text);
            case error -> Note.error(text);
        };
    }

    private static Result result(DataForm form) {
        Result result = Result.of(text(form.getTitle()), List.of());
        for (FormField field : form.getFields()) {
            if (field.getType() != FormField.Type.hidden && field.getFieldName() != null) {
                Table rows = Table.read(field.getFieldName(), text(field.getLabel()), datatype(field), texts(field));
                result = rows == null ? result.with(field(field)) : result.with(rows);
            }
        }
        return form.getReportedData() == null ? result : result.with(table(form));
    }

    private static Field field(FormField field) {
        return Field.read(field.getFieldName(), type(field), text(field.getLabel()), texts(field));
    }

    private static Field.Type type(FormField field) {
        return Field.Type.of(field.getType().toString(), datatype(field));
    }

    private static String datatype(FormField field) {
        ValidateElement validate = (ValidateElement) field.getFormFieldChildElement(ValidateElement.QNAME);
        return validate == null ? "" : validate.getDatatype();
    }

    private static List<String> texts(FormField field) {
        return field.getRawValueCharSequences().stream()
                .map(CharSequence::toString)
                .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Table table(DataForm form) {
        List<Column> columns = form.getReportedData().getFields().stream()
                .map(field -> new Column(field.getFieldName(), type(field)))
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
