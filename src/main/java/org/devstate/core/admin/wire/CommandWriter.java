// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;

/** Writes the steps of a command (XEP-0050). Stateless. */
final class CommandWriter {

    private CommandWriter() {}

    /** A form to be filled in. */
    static XmlElement executing(String node, String session, Step.Stage stage, boolean first) {
        XmlElement.XmlElementBuilder actions = XmlElement.element("actions", Namespaces.COMMANDS)
                .attribute("execute", stage.last() ? "complete" : "next");
        if (!first) {
            actions.child("prev", Namespaces.COMMANDS);
        }
        actions.child(stage.last() ? "complete" : "next", Namespaces.COMMANDS);
        XmlElement.XmlElementBuilder command = command(node, session, "executing")
                .child(actions.build())
                .child(FormWriter.form(stage.form(), stage.notes()));
        stage.notes().forEach(note -> command.child(note(note)));
        return command.build();
    }

    /** Writes the result of a command. */
    static XmlElement completed(String node, String session, Result result) {
        XmlElement.XmlElementBuilder command = command(node, session, "completed");
        if (!result.fields().isEmpty() || result.table() != null) {
            command.child(FormWriter.result(result));
        }
        result.notes().forEach(note -> command.child(note(note)));
        return command.build();
    }

    /** Writes that the command was cancelled. */
    static XmlElement canceled(String node, String session) {
        return command(node, session, "canceled").build();
    }

    private static XmlElement.XmlElementBuilder command(String node, String session, String status) {
        return XmlElement.element("command", Namespaces.COMMANDS)
                .attribute("xml:lang", "en")
                .attribute("node", node)
                .attribute("sessionid", session)
                .attribute("status", status);
    }

    private static XmlElement note(Note note) {
        return XmlElement.element("note", Namespaces.COMMANDS)
                .attribute("type", note.kind().word())
                .text(DisplayText.of(note.text()))
                .build();
    }
}
