// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.util.List;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.CommandCall;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.ctl.xmpp.Service;

/** Commands of the service, and of the XMPP server, over one connection. An answer with errors ends them. Not thread-safe. */
public final class Conversation implements AutoCloseable {

    private static final String ADMIN = "urn:devstate:admin";

    private final Service service;
    private final ConnectionSettings settings;
    private final CommandNames names;

    Conversation(Service service, ConnectionSettings settings, CommandNames names) {
        this.service = service;
        this.settings = settings;
        this.names = names;
    }

    /** The domain of the administrator, which is that of accounts that are given without. */
    String domain() {
        return settings.domain();
    }

    /** The address of the service. */
    public String service() {
        return settings.service();
    }

    /** Returns a bare address; the domain is added to a local part. */
    public String account(String name) {
        return name.indexOf('@') < 0 ? name + "@" + domain() : name;
    }

    /** The form of a command of the service, with nothing filled in. */
    public static FilledForm form() {
        return FilledForm.of(ADMIN);
    }

    /**
     * Has a command of the service carried out that needs no more than {@code form}.
     *
     * @throws Failure if it is rejected; the text has all that is wrong
     */
    public Result run(String node, FilledForm form) throws Failure {
        Answer answer = begin(node, form);
        if (!answer.done()) {
            cancel(node, answer);
            throw Failure.rejected(settings.service() + " asks for more than was given, and nothing is done");
        }
        return answer.result();
    }

    /** Begins a command of the service by asking for its form. */
    public Answer begin(String node) throws Failure {
        return checked(settings.service(), node, ask(CommandCall.begin(settings.service(), node)));
    }

    /** Begins a command of the service that may have more than one stage. */
    public Answer begin(String node, FilledForm form) throws Failure {
        return checked(settings.service(), node, ask(CommandCall.begin(settings.service(), node, form)));
    }

    /** Fills in the last stage. */
    public Result complete(String node, Answer stage, FilledForm form) throws Failure {
        return checked(settings.service(), node, ask(CommandCall.complete(settings.service(), node, stage, form)))
                .result();
    }

    /** Gives up a command of the service; nothing is done. */
    public void cancel(String node, Answer stage) throws Failure {
        cancel(settings.service(), node, stage);
    }

    /** Has a command of an XMPP server carried out, of one stage that must be asked for first (XEP-0133). */
    public Result runAt(String domain, String node, FilledForm form) throws Failure {
        return completeAt(domain, node, beginAt(domain, node), form);
    }

    /** Begins a command of an XMPP server by asking for its form. */
    Answer beginAt(String domain, String node) throws Failure {
        return checked(domain, node, ask(CommandCall.begin(domain, node)));
    }

    /** Fills in the last stage of a command of an XMPP server. */
    Result completeAt(String domain, String node, Answer stage, FilledForm form) throws Failure {
        return checked(domain, node, ask(CommandCall.complete(domain, node, stage, form)))
                .result();
    }

    /** Closes the connection. */
    @Override
    public void close() {
        service.close();
    }

    private Answer ask(CommandCall request) throws Failure {
        try {
            Answer answer = service.ask(request);
            List<Note> notes = answer.result().notes().stream()
                    .map(note -> new Note(note.kind(), names.in(note.text())))
                    .toList();
            return new Answer(answer.done(), answer.session(), answer.result().withNotes(notes));
        } catch (Failure e) {
            throw e.with(names.in(e.text()));
        }
    }

    private Answer checked(String to, String node, Answer answer) throws Failure {
        List<String> errors = answer.result().notes(Note.Severity.ERROR);
        if (errors.isEmpty()) {
            return answer;
        }
        if (!answer.done()) {
            cancel(to, node, answer);
        }
        throw Failure.rejected(String.join(
                System.lineSeparator(), errors.stream().map(TerminalText::of).toList()));
    }

    private void cancel(String to, String node, Answer stage) throws Failure {
        ask(CommandCall.cancel(to, node, stage));
    }
}
