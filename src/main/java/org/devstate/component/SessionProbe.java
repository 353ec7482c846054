package org.devstate.component;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Learns of the end of sessions whose presence is not told, by asking them for something now and then: Asterisk answers
 * {@code disco#info} at once (16.28 and 22.10 do, and leave pings unanswered); for a session that is not there the server answers
 * with an error (RFC 6121, 8.5.3.2.3). No answer proves nothing: as long as the server holds a session whose link is dead, it
 * is there; when it gives it up, it says so.
 *
 * <p>A client that does not know {@code disco#info} may answer with the same error. So the first question is asked at once, while the
 * session is probably there. If it is answered so, the session may be such a client, or it was gone already: it has ended if the next
 * question is answered so too and it sent nothing in between. Thread-safe; sends with no lock held.
 */
final class SessionProbe {

    /**
     * Of the address that asks. Beside ejabberd, an Asterisk is protected by a privacy list (XEP-0016) that keeps every other IQ of the
     * service from it.
     */
    static final String RESOURCE = "probe";

    /** How often {@link #tick} is to be called, in milliseconds. */
    static final long TICK_MS = 1_000;

    /** How many such answers in a row end a session that never answered otherwise. */
    private static final int MOST_ABSENT = 2;

    /** New sessions that are asked in one tick. */
    private static final int MOST_NEW = 50;

    private static final Set<String> NOT_THERE =
            Set.of("service-unavailable", "recipient-unavailable", "item-not-found");

    private static final class Session {
        private final Jid jid;

        /** Of the question that has not been answered yet; empty where there is none. */
        private String question = "";

        /** Whether it has been seen not to answer as a server does for one that is not there. */
        private boolean distinct;

        /** How many answers in a row were those for a session that is not there. */
        private int absent;

        private boolean over;

        private Session(Jid jid) {
            this.jid = jid;
        }
    }

    private final String address;
    private final long intervalMs;
    private final Predicate<Jid> tellsPresence;
    private final Consumer<XmlElement> sender;
    private final Consumer<Jid> sessionEnded;
    private final Map<Jid, Session> sessions = new HashMap<>();
    private final Queue<Session> fresh = new ArrayDeque<>();
    private final Queue<Session> turns = new ArrayDeque<>();
    private long questions;

    /** What is due of the next question, as ticks are shorter than what lies between two. */
    private long credit;

    /**
     * @param intervalMs in which every session is asked once, in milliseconds
     * @param tellsPresence whose end is told without being asked for; asked with the lock held
     */
    SessionProbe(
            Jid service,
            long intervalMs,
            Predicate<Jid> tellsPresence,
            Consumer<XmlElement> sender,
            Consumer<Jid> sessionEnded) {
        this.address = service + "/" + RESOURCE;
        this.intervalMs = intervalMs;
        this.tellsPresence = tellsPresence;
        this.sender = sender;
        this.sessionEnded = sessionEnded;
    }

    /** A session has sent something. */
    synchronized void watch(Jid session) {
        Session known = sessions.get(session);
        if (known != null) {
            known.absent = 0;
        } else if (session.isFull()) {
            Session added = new Session(session);
            sessions.put(session, added);
            fresh.add(added);
        }
    }

    /** A session has ended. */
    synchronized void forget(Jid session) {
        Session gone = sessions.remove(session);
        if (gone != null) {
            gone.over = true;
        }
    }

    /** The connection to the server is another: what was asked over the old one may have been lost, so all are asked now. */
    synchronized void connected() {
        turns.clear();
        fresh.clear();
        sessions.values().forEach(session -> session.question = "");
        fresh.addAll(sessions.values());
    }

    /** Asks those whose turn it is, spread evenly over the interval. */
    void tick() {
        Queue<XmlElement> asked = new ArrayDeque<>();
        synchronized (this) {
            credit += turns.size() * TICK_MS;
            take(turns, credit / intervalMs, asked);
            credit %= intervalMs;
            take(fresh, MOST_NEW, asked);
        }
        asked.forEach(sender);
    }

    private void take(Queue<Session> from, long most, Queue<XmlElement> asked) {
        for (long i = Math.min(most, from.size()); i > 0; i--) {
            Session session = from.remove();
            if (session.over) {
                continue;
            }
            turns.add(session);
            if (!session.question.isEmpty()) {
                session.distinct = true; // by its silence
            }
            session.question = "";
            if (!tellsPresence.test(session.jid)) {
                session.question = "probe" + ++questions;
                asked.add(question(session));
            }
        }
    }

    private XmlElement question(Session session) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("type", "get")
                .attribute("from", address)
                .attribute("to", session.jid.toString())
                .attribute("id", session.question)
                .child("query", Namespaces.DISCO_INFO)
                .build();
    }

    /** Takes an answer, to whatever question. */
    void received(Jid from, ElementView iq) {
        if (isNotThere(from, iq)) {
            forget(from);
            sessionEnded.accept(from);
        }
    }

    private synchronized boolean isNotThere(Jid from, ElementView iq) {
        Session session = sessions.get(from);
        if (session == null || session.question.isEmpty() || !session.question.equals(iq.attribute("id"))) {
            return false;
        }
        session.question = "";
        if (!NOT_THERE.contains(condition(iq))) {
            session.distinct = true;
            session.absent = 0;
            return false;
        }
        return session.distinct || ++session.absent >= MOST_ABSENT;
    }

    private static String condition(ElementView iq) {
        @Nullable ElementView error = null;
        for (ElementView child : iq.children()) {
            error = child.name().equals("error") ? child : error;
        }
        if (error != null && "error".equals(iq.attribute("type"))) {
            for (ElementView child : error.children()) {
                if (child.namespace().equals(Namespaces.STANZAS)
                        && !child.name().equals("text")) {
                    return child.name();
                }
            }
        }
        return "";
    }
}
