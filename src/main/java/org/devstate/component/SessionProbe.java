// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.devstate.component.link.StanzaSink;
import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Detects the end of sessions that do not share their presence. It probes them at intervals: Asterisk answers {@code disco#info} at
 * once (16.28 and 22.10 do, and leave pings unanswered). If a session has ended, the server answers with an error (RFC 6121, 8.5.3.2.3).
 * A missing answer proves nothing: a session whose link is dead exists until the server closes it, and then the server answers with
 * an error.
 *
 * <p>A client that does not support {@code disco#info} may answer with the same error. Therefore the first probe is sent at once, while
 * the session probably exists. If the answer is this error, the session is such a client or has already ended. It has ended if
 * the next probe has the same answer and the session sent nothing in between. Thread-safe; sends with no lock held.
 */
final class SessionProbe {

    /**
     * Resource of the address that sends probes. With ejabberd, a privacy list (XEP-0016) protects an Asterisk: it blocks every other
     * IQ of the service.
     */
    static final String RESOURCE = "probe";

    /** Interval between two calls of {@link #tick}, in milliseconds. */
    static final long TICK_MS = 1_000;

    /** How many errors in a row end a session that never answered otherwise. */
    private static final int MOST_ABSENT = 2;

    /** How many new sessions are probed in one tick. */
    private static final int MOST_NEW = 50;

    private static final Set<String> NOT_THERE =
            Set.of("service-unavailable", "recipient-unavailable", "item-not-found");

    private static final class ProbedSession {
        private final Jid jid;

        /** Id of the pending probe; empty if there is none. */
        private String question = "";

        /** Whether the session has answered, or not answered, in a way that differs from a server's error for an ended session. */
        private boolean distinct;

        /** How many answers in a row were a server's error for an ended session. */
        private int absent;

        private boolean over;

        private ProbedSession(Jid jid) {
            this.jid = jid;
        }
    }

    private final String address;
    private final long intervalMs;
    private final SessionFilter reportsPresence;
    private final StanzaSink sender;
    private final SessionEndListener endListener;
    private final Map<Jid, ProbedSession> sessions = new HashMap<>();
    private final Queue<ProbedSession> fresh = new ArrayDeque<>();
    private final Queue<ProbedSession> turns = new ArrayDeque<>();
    private long questions;

    /** The part of the next probe that is due: a tick is shorter than the time between two probes. */
    private long credit;

    /**
     * @param intervalMs interval at which every session is probed once, in milliseconds
     * @param reportsPresence which sessions end with a presence stanza, so that they need no probe; called with the lock held
     */
    SessionProbe(
            Jid service,
            long intervalMs,
            SessionFilter reportsPresence,
            StanzaSink sender,
            SessionEndListener endListener) {
        this.address = service + "/" + RESOURCE;
        this.intervalMs = intervalMs;
        this.reportsPresence = reportsPresence;
        this.sender = sender;
        this.endListener = endListener;
    }

    /** Starts to probe a session, which has sent a stanza. */
    synchronized void watch(Jid session) {
        ProbedSession known = sessions.get(session);
        if (known != null) {
            known.absent = 0;
        } else if (session.isFull()) {
            ProbedSession added = new ProbedSession(session);
            sessions.put(session, added);
            fresh.add(added);
        }
    }

    /** Removes a session that has ended. */
    synchronized void forget(Jid session) {
        ProbedSession gone = sessions.remove(session);
        if (gone != null) {
            gone.over = true;
        }
    }

    /** Probes all sessions now, because the connection is new: probes that were sent over the old one may have been lost. */
    synchronized void connected() {
        turns.clear();
        fresh.clear();
        sessions.values().forEach(session -> session.question = "");
        fresh.addAll(sessions.values());
    }

    /** Probes the sessions that are due, spread evenly over the interval. */
    void tick() {
        Queue<XmlElement> asked = new ArrayDeque<>();
        synchronized (this) {
            credit += turns.size() * TICK_MS;
            take(turns, credit / intervalMs, asked);
            credit %= intervalMs;
            take(fresh, MOST_NEW, asked);
        }
        asked.forEach(sender::send);
    }

    private void take(Queue<ProbedSession> from, long most, Queue<XmlElement> asked) {
        for (long i = Math.min(most, from.size()); i > 0; i--) {
            ProbedSession session = from.remove();
            if (session.over) {
                continue;
            }
            turns.add(session);
            if (!session.question.isEmpty()) {
                session.distinct = true; // because it did not answer
            }
            session.question = "";
            if (!reportsPresence.includes(session.jid)) {
                session.question = "probe" + ++questions;
                asked.add(question(session));
            }
        }
    }

    private XmlElement question(ProbedSession session) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("type", "get")
                .attribute("from", address)
                .attribute("to", session.jid.toString())
                .attribute("id", session.question)
                .child("query", Namespaces.DISCO_INFO)
                .build();
    }

    /** Handles an answer to any request. */
    void received(Jid from, ElementView iq) {
        if (isNotThere(from, iq)) {
            forget(from);
            endListener.sessionEnded(from);
        }
    }

    private synchronized boolean isNotThere(Jid from, ElementView iq) {
        ProbedSession session = sessions.get(from);
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
