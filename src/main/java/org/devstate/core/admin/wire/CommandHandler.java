// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.operations.History;
import org.devstate.core.admin.wire.CommandRequest.CommandAction;
import org.devstate.core.admin.wire.CommandRequest.Unreadable;
import org.devstate.core.admin.wire.CommandSessions.CommandSession;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.StanzaSender;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of administrators (XEP-0050). Thread-safe; the host passes one sender's stanzas one after another, and to this
 * handler before the service.
 */
public final class CommandHandler {

    private final Jid service;
    private final Commands commands;
    private final History history;
    private final CommandSessions sessions;
    private final CommandDirectory directory;
    private final StanzaSender sender;

    /**
     * @param directory the commands, and the address at which they are offered
     * @param history records rejected senders
     * @param clock for the age of a session
     * @param sender takes the answers
     */
    public CommandHandler(CommandDirectory directory, History history, Clock clock, StanzaSender sender) {
        this.service = directory.service();
        this.commands = directory.commands();
        this.history = history;
        this.sessions = new CommandSessions(clock);
        this.directory = directory;
        this.sender = sender;
    }

    /**
     * Handles a stanza addressed to the service.
     *
     * @param from the sender, as the XMPP server has authenticated it
     * @return whether it was about commands and thus is done with; if not, nothing was sent
     */
    public boolean handle(Jid from, ElementView stanza) {
        if (!stanza.name().equals("iq")) {
            return false;
        }
        if (CommandRejection.isRequest(stanza) && CommandRejection.isIn(stanza) && !commands.admits(from)) {
            reject(from, service, stanza);
            return true;
        }
        if (!"set".equals(stanza.attribute("type"))) {
            return answerList(from, stanza);
        }
        ElementView command = stanza.child("command", Namespaces.COMMANDS);
        return command != null && carryOut(from, stanza, command);
    }

    /**
     * Rejects a command of an account that is not an administrator, with the same answer for every command, whether it exists or not. A
     * stanza that is not a request is ignored, such as the error that a server returns for an answer to a session that has ended.
     *
     * @param asked the address that the sender asked, which is the service or belongs to it
     */
    public void reject(Jid from, Jid asked, ElementView stanza) {
        XmlElement answer = CommandRejection.answer(stanza, asked, from);
        if (answer != null) {
            history.rejected(from, CommandRejection.nameIn(stanza), CommandError.FORBIDDEN.text());
            sender.send(from, answer);
        }
    }

    /** As {@link #handle}, but only for stanzas that ask for the list of commands. */
    public boolean answerList(Jid from, ElementView stanza) {
        boolean asked = stanza.name().equals("iq") && "get".equals(stanza.attribute("type")) && commands.admits(from);
        XmlElement found = asked ? directory.answer(stanza) : null;
        return found != null && send(from, Replies.result(stanza, service, from, found));
    }

    private boolean send(Jid to, @Nullable XmlElement answer) {
        if (answer != null) {
            sender.send(to, answer);
        }
        return answer != null;
    }

    private boolean carryOut(Jid from, ElementView iq, ElementView command) {
        String node = command.attribute("node");
        boolean known = node != null && commands.has(node);
        if (!known) {
            return directory.isAlone()
                    && send(from, reject(from, iq, String.valueOf(node), new Unreadable(CommandError.ITEM_NOT_FOUND)));
        }
        try {
            Consumer<XmlElement> late = lateAnswer(from, iq);
            XmlElement answer = carryOut(from, CommandRequest.parse(command), late);
            return answer == null || send(from, Replies.result(iq, service, from, answer));
        } catch (Unreadable e) {
            return send(from, reject(from, iq, String.valueOf(node), e));
        }
    }

    /** Sends an answer after the request has gone, unless its sender is not an administrator any more. */
    private Consumer<XmlElement> lateAnswer(Jid to, ElementView iq) {
        XmlElement header = XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("id", iq.attribute("id"))
                .build();
        return answer -> send(
                to,
                commands.admits(to)
                        ? Replies.result(header, service, to, answer)
                        : Replies.error(header, service, to, CommandError.FORBIDDEN.toXml()));
    }

    private XmlElement reject(Jid to, ElementView iq, String node, Unreadable fault) {
        if (fault.error() == CommandError.FORBIDDEN) {
            history.rejected(to, node, fault.text());
        }
        return Replies.error(iq, service, to, fault.error().toXml(fault.text()));
    }

    /** Returns the answer, or nothing if {@code late} will get it. */
    private @Nullable XmlElement carryOut(Jid from, CommandRequest request, Consumer<XmlElement> late)
            throws Unreadable {
        String id = request.session();
        if (id == null) {
            return begin(from, request, late);
        }
        return goOn(from, request, sessions.take(id, from, request.node()), late);
    }

    private @Nullable XmlElement begin(Jid from, CommandRequest request, Consumer<XmlElement> late) throws Unreadable {
        if (request.action() != CommandAction.EXECUTE && request.action() != CommandAction.COMPLETE) {
            throw new Unreadable(CommandError.BAD_SESSIONID);
        }
        CommandSession session = sessions.begin(from, request.node());
        Step step = commands.begin(from, request.node());
        Map<String, List<String>> values = request.values();
        if (step instanceof Step.Stage stage && values != null) {
            session.stages().push(stage);
            return submit(from, request.node(), session, values, late);
        }
        return show(request.node(), session, step, late);
    }

    private @Nullable XmlElement goOn(
            Jid from, CommandRequest request, CommandSession session, Consumer<XmlElement> late) throws Unreadable {
        Step.Stage stage = session.stages().element();
        switch (request.action()) {
            case CANCEL -> {
                sessions.end(session);
                return CommandWriter.canceled(request.node(), session.id());
            }
            case PREV -> {
                if (session.stages().size() == 1) {
                    throw new Unreadable(CommandError.BAD_ACTION);
                }
                session.stages().pop();
                return show(request.node(), session, session.stages().pop(), late);
            }
            default -> {
                boolean offered = request.action() == CommandAction.EXECUTE
                        || (request.action() == CommandAction.COMPLETE) == stage.last();
                if (!offered) {
                    throw new Unreadable(CommandError.BAD_ACTION);
                }
                Map<String, List<String>> values = request.values();
                return submit(from, request.node(), session, values == null ? Map.of() : values, late);
            }
        }
    }

    private @Nullable XmlElement submit(
            Jid from, String node, CommandSession session, Map<String, List<String>> values, Consumer<XmlElement> late)
            throws Unreadable {
        Step.Stage stage = session.stages().element();
        Step step = commands.submit(from, stage, values);
        session.stages().pop();
        Step.Stage filled = stage.with(stage.form().filled(values), List.of());
        if (step instanceof Step.InvalidForm wrong) {
            return show(
                    node,
                    session,
                    filled.with(
                            filled.form(),
                            wrong.faults().stream().map(Note::error).toList()),
                    late);
        }
        session.stages().push(filled);
        return show(node, session, step, late);
    }

    private @Nullable XmlElement show(String node, CommandSession session, Step step, Consumer<XmlElement> late)
            throws Unreadable {
        if (step instanceof Step.Stage stage) {
            session.stages().push(stage);
            sessions.keep(session);
            return CommandWriter.executing(
                    node, session.id(), stage, session.stages().size() == 1);
        }
        sessions.end(session);
        if (step instanceof Step.Done done) {
            return CommandWriter.completed(node, session.id(), done.result());
        }
        if (step instanceof Step.Later later) {
            later.work().start(result -> late.accept(CommandWriter.completed(node, session.id(), result)));
            return null;
        }
        if (step instanceof Step.NotServing rejected) {
            throw new Unreadable(CommandError.NOT_SERVING, rejected.text());
        }
        if (step instanceof Step.Forbidden) {
            throw new Unreadable(CommandError.FORBIDDEN);
        }
        throw new IllegalStateException("no answer shows " + step.getClass());
    }
}
