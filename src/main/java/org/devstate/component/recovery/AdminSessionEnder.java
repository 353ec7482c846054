// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.recovery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.component.link.StanzaSink;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.SessionEnder;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions by the command {@code end-user-session} (XEP-0133, 4.5) of their XMPP server. The server runs it only for its administrators;
 * the component's own address must be one of them. Thread-safe; sends and calls back with no lock held.
 */
public final class AdminSessionEnder implements SessionEnder {

    static final String NODE = "http://jabber.org/protocol/admin#end-user-session";

    /** How long the server may take to answer, in milliseconds. */
    static final long PATIENCE_MS = 5_000;

    /** How many sessions are named in one command, if its form takes several. */
    static final int MOST = 50;

    private final Jid address;
    private final Clock clock;
    private final StanzaSink sender;
    private final Map<String, DomainSessions> conversations = new HashMap<>();
    private long commands;

    /** @param address the component's own address */
    public AdminSessionEnder(Jid address, Clock clock, StanzaSink sender) {
        this.address = address;
        this.clock = clock;
        this.sender = sender;
    }

    /** Some sessions of one domain; their commands run one after another. */
    private static final class DomainSessions {
        private final String domain;
        private final Deque<Jid> left;
        private final EndListener done;
        private int named;
        private String id = "";
        private long askedAtNanos;

        private DomainSessions(String domain, Collection<Jid> sessions, EndListener done) {
            this.domain = domain;
            this.left = new ArrayDeque<>(sessions);
            this.done = done;
        }
    }

    @Override
    public void end(Collection<Jid> sessions, EndListener done) {
        Map<String, List<Jid>> byDomain = new LinkedHashMap<>();
        for (Jid session : sessions) {
            byDomain.computeIfAbsent(session.account().domain(), added -> new ArrayList<>())
                    .add(session);
        }
        if (byDomain.isEmpty()) {
            done.ended(new EndOutcome.Ended());
            return;
        }
        EndListener each = byDomain.size() == 1 ? done : new Collector(byDomain.size(), done);
        byDomain.forEach((domain, ofDomain) -> begin(new DomainSessions(domain, ofDomain, each)));
    }

    /** Waits for the outcomes of all domains and returns the first failure. */
    private static final class Collector implements EndListener {
        private final AtomicInteger missing;
        private final EndListener done;
        private volatile EndOutcome outcome = new EndOutcome.Ended();

        private Collector(int domains, EndListener done) {
            this.missing = new AtomicInteger(domains);
            this.done = done;
        }

        @Override
        public void ended(EndOutcome next) {
            if (next instanceof EndOutcome.NotEnded) {
                outcome = next;
            }
            if (missing.decrementAndGet() == 0) {
                done.ended(outcome);
            }
        }
    }

    private void begin(DomainSessions conversation) {
        XmlElement.XmlElementBuilder command = XmlElement.element("command", Namespaces.COMMANDS)
                .attribute("node", NODE)
                .attribute("action", "execute");
        send(conversation, command.build());
    }

    private void send(DomainSessions conversation, XmlElement command) {
        String id;
        synchronized (conversations) {
            conversations.remove(conversation.id);
            id = "end" + ++commands;
            conversation.id = id;
            conversation.askedAtNanos = clock.monotonicNanos();
            conversations.put(id, conversation);
        }
        sender.send(XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("type", "set")
                .attribute("from", address.toString())
                .attribute("to", conversation.domain)
                .attribute("id", id)
                .child(command)
                .build());
    }

    /** Handles an answer to any request; returns whether the request was one of these. */
    public boolean received(Jid from, ElementView iq) {
        DomainSessions conversation;
        synchronized (conversations) {
            conversation = conversations.get(String.valueOf(iq.attribute("id")));
            if (conversation == null || !conversation.domain.equals(from.toString())) {
                return false;
            }
            conversations.remove(conversation.id);
        }
        ElementView command = iq.child("command", Namespaces.COMMANDS);
        if (!"result".equals(iq.attribute("type")) || command == null) {
            fail(conversation, "it answered " + condition(iq));
        } else if ("completed".equals(command.attribute("status"))) {
            completed(conversation, command);
        } else {
            fillIn(conversation, command);
        }
        return true;
    }

    private void completed(DomainSessions conversation, ElementView command) {
        ElementView note = command.child("note", Namespaces.COMMANDS);
        if (note != null && "error".equals(note.attribute("type"))) {
            fail(conversation, "it answered: " + note.text());
            return;
        }
        for (int i = 0; i < conversation.named; i++) {
            conversation.left.remove();
        }
        conversation.named = 0;
        if (conversation.left.isEmpty()) {
            conversation.done.ended(new EndOutcome.Ended());
        } else {
            begin(conversation);
        }
    }

    /** Returns the form's field for addresses: Prosody's accepts several, ejabberd's one. */
    private void fillIn(DomainSessions conversation, ElementView command) {
        ElementView form = command.child("x", Namespaces.DATA_FORM);
        ElementView field = form == null ? null : addressField(form);
        if (form == null || field == null) {
            fail(conversation, "its form has no field for addresses");
            return;
        }
        conversation.named =
                "jid-single".equals(field.attribute("type")) ? 1 : Math.min(MOST, conversation.left.size());
        XmlElement.XmlElementBuilder filled =
                XmlElement.element("x", Namespaces.DATA_FORM).attribute("type", "submit");
        for (ElementView other : form.children()) {
            if ("hidden".equals(other.attribute("type"))) {
                filled.child(field(other.attribute("var"), values(other)));
            }
        }
        List<String> named = conversation.left.stream()
                .limit(conversation.named)
                .map(Jid::toString)
                .toList();
        filled.child(field(field.attribute("var"), named));
        send(
                conversation,
                XmlElement.element("command", Namespaces.COMMANDS)
                        .attribute("node", NODE)
                        .attribute("sessionid", command.attribute("sessionid"))
                        .attribute("action", "complete")
                        .child(filled.build())
                        .build());
    }

    private static @Nullable ElementView addressField(ElementView form) {
        for (ElementView field : form.children()) {
            String name = String.valueOf(field.attribute("var"));
            if (field.name().equals("field") && (name.equals("accountjids") || name.equals("accountjid"))) {
                return field;
            }
        }
        return null;
    }

    private static List<String> values(ElementView field) {
        List<String> values = new ArrayList<>();
        field.children().stream()
                .filter(child -> child.name().equals("value"))
                .forEach(value -> values.add(value.text()));
        return values;
    }

    private static XmlElement field(@Nullable String name, List<String> values) {
        XmlElement.XmlElementBuilder field =
                XmlElement.element("field", Namespaces.DATA_FORM).attribute("var", name);
        values.forEach(value -> field.child(
                XmlElement.element("value", Namespaces.DATA_FORM).text(value).build()));
        return field.build();
    }

    /** Abandons requests that were not answered in time; must be called about once a second. */
    public void tick() {
        List<DomainSessions> late = new ArrayList<>();
        long nowNanos = clock.monotonicNanos();
        synchronized (conversations) {
            Iterator<DomainSessions> all = conversations.values().iterator();
            while (all.hasNext()) {
                DomainSessions conversation = all.next();
                if (nowNanos - conversation.askedAtNanos >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS)) {
                    all.remove();
                    late.add(conversation);
                }
            }
        }
        late.forEach(conversation -> fail(conversation, "it did not answer within " + PATIENCE_MS / 1_000 + " s"));
    }

    private void fail(DomainSessions conversation, String answer) {
        conversation.done.ended(new EndOutcome.NotEnded(
                conversation.domain + " does not end sessions for " + address + ": " + answer + ". " + permission()));
    }

    private String permission() {
        return "To allow it, in Prosody: admins = { \"" + address + "\" }, and \"admin_adhoc\" in modules_enabled."
                + " In ejabberd: acl: { admin: { server: [\"" + address
                + "\"] } }, and mod_adhoc and mod_configure in modules.";
    }

    private static String condition(ElementView iq) {
        for (ElementView error : iq.children()) {
            if (error.name().equals("error")) {
                for (ElementView child : error.children()) {
                    if (child.namespace().equals(Namespaces.STANZAS)
                            && !child.name().equals("text")) {
                        return child.name();
                    }
                }
            }
        }
        return "something else than a command";
    }
}
