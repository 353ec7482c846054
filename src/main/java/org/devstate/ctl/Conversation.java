package org.devstate.ctl;

import java.util.List;
import org.devstate.ctl.output.PlainText;
import org.devstate.ctl.settings.Settings;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Form;
import org.devstate.ctl.xmpp.Note;
import org.devstate.ctl.xmpp.Request;
import org.devstate.ctl.xmpp.Service;

/** Commands of the service, and of the XMPP server, over one connection. What they tell as errors, ends them. Not thread-safe. */
final class Conversation {

    private static final String ADMIN = "urn:devstate:admin";

    private final Service service;
    private final Settings settings;
    private final CommandNames names;

    Conversation(Service service, Settings settings, CommandNames names) {
        this.service = service;
        this.settings = settings;
        this.names = names;
    }

    /** The domain of the administrator, which is that of accounts that are given without. */
    String domain() {
        return settings.domain();
    }

    /** The address of the service. */
    String service() {
        return settings.service();
    }

    /** A bare address, of what may be the local part alone. */
    String account(String name) {
        return name.indexOf('@') < 0 ? name + "@" + domain() : name;
    }

    /** The form of a command of the service, with nothing filled in. */
    static Form form() {
        return Form.of(ADMIN);
    }

    /**
     * Has a command of the service carried out that needs no more than {@code form}.
     *
     * @throws Failure if it is refused; the text has all that is wrong
     */
    Answer run(String node, Form form) throws Failure {
        Answer answer = begin(node, form);
        if (!answer.done()) {
            cancel(node, answer);
            throw Failure.refused(settings.service() + " asks for more than was given, and nothing is done");
        }
        return answer;
    }

    /** Begins a command of the service by asking for its form. */
    Answer begin(String node) throws Failure {
        return checked(settings.service(), node, ask(Request.begin(settings.service(), node)));
    }

    /** Begins a command of the service that may have more than one stage. */
    Answer begin(String node, Form form) throws Failure {
        return checked(settings.service(), node, ask(Request.begin(settings.service(), node, form)));
    }

    /** Fills in the last stage. */
    Answer complete(String node, Answer stage, Form form) throws Failure {
        return checked(settings.service(), node, ask(Request.complete(settings.service(), node, stage, form)));
    }

    /** Gives up a command of the service; nothing is done. */
    void cancel(String node, Answer stage) throws Failure {
        cancel(settings.service(), node, stage);
    }

    /** Has a command of an XMPP server carried out, of one stage that must be asked for first (XEP-0133). */
    Answer runAt(String domain, String node, Form form) throws Failure {
        Answer stage = checked(domain, node, ask(Request.begin(domain, node)));
        return checked(domain, node, ask(Request.complete(domain, node, stage, form)));
    }

    private Answer ask(Request request) throws Failure {
        try {
            Answer answer = service.ask(request);
            List<Note> notes = answer.notes().stream()
                    .map(note -> new Note(note.kind(), names.in(note.text())))
                    .toList();
            return answer.with(notes);
        } catch (Failure e) {
            throw e.with(names.in(e.text()));
        }
    }

    private Answer checked(String to, String node, Answer answer) throws Failure {
        List<String> errors = answer.notes(Note.Kind.ERROR);
        if (errors.isEmpty()) {
            return answer;
        }
        if (!answer.done()) {
            cancel(to, node, answer);
        }
        throw Failure.refused(String.join(
                System.lineSeparator(), errors.stream().map(PlainText::of).toList()));
    }

    private void cancel(String to, String node, Answer stage) throws Failure {
        ask(Request.cancel(to, node, stage));
    }
}
