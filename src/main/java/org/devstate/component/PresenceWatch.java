// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.component.link.StanzaSink;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;

/**
 * Detects the end of sessions by their presence (RFC 6121). It asks every account that sends requests to the service for a presence
 * subscription; Asterisk grants it automatically ({@code auth_policy=accept}, its default). Thread-safe.
 */
final class PresenceWatch {

    private final Jid service;
    private final SessionFilter admitted;
    private final StanzaSink sender;
    private final SessionEndListener endListener;

    /** The sessions of each account that has been asked. */
    private final Map<Account, Set<Jid>> sessions = new ConcurrentHashMap<>();

    /** The sessions that have sent nothing since the connection was lost. */
    private final Set<Jid> missing = ConcurrentHashMap.newKeySet();

    /** The available sessions: the server will report their end. */
    private final Set<Jid> available = ConcurrentHashMap.newKeySet();

    /** @param admitted which accounts are asked */
    PresenceWatch(Jid service, SessionFilter admitted, StanzaSink sender, SessionEndListener endListener) {
        this.service = service;
        this.admitted = admitted;
        this.sender = sender;
        this.endListener = endListener;
    }

    /** Asks the account of {@code session} for its presence, once. */
    void watch(Jid session) {
        if (!admitted.includes(session)) {
            return;
        }
        Set<Jid> known = sessions.get(session.account());
        if (known == null) {
            known = sessions.computeIfAbsent(session.account(), account -> ConcurrentHashMap.newKeySet());
            sender.send(presence(session.account(), "subscribe"));
        }
        known.add(session);
        missing.remove(session);
    }

    /** Asks accounts whose sessions may have sent nothing yet for a presence subscription, once, and probes their presence. */
    void greet(Collection<Account> accounts) {
        for (Account account : accounts) {
            if (!admitted.includes(account.jid())) {
                continue;
            }
            if (sessions.putIfAbsent(account, ConcurrentHashMap.newKeySet()) == null) {
                sender.send(presence(account, "subscribe"));
            }
            sender.send(presence(account, "probe"));
        }
    }

    /** Probes the presence of all accounts after the connection to the server was lost. */
    void askAgain() {
        available.clear();
        sessions.values().forEach(missing::addAll);
        for (Account account : sessions.keySet()) {
            sender.send(presence(account, "probe"));
        }
    }

    /** Whether the server will report the end of {@code session}: this session, not only another one of its account, is available. */
    boolean reportsPresence(Jid session) {
        return available.contains(session);
    }

    /** Removes a session that has ended, however its end was detected. */
    void forget(Jid session) {
        Set<Jid> ofAccount = sessions.get(session.account());
        if (ofAccount != null) {
            ofAccount.remove(session);
        }
        missing.remove(session);
        available.remove(session);
    }

    /** Handles a presence stanza. */
    void received(Jid from, ElementView stanza) {
        String type = stanza.attribute("type");
        if (!admitted.includes(from)) {
            return;
        }
        if (type == null) {
            available.add(from);
        } else if (type.equals("unavailable")) {
            ended(from);
        } else if (type.equals("subscribe")) {
            sender.send(presence(from.account(), "subscribed"));
        } else if (type.equals("unsubscribed")) {
            available.removeIf(session -> session.account().equals(from.account()));
            sessions.remove(from.account());
        }
    }

    /**
     * Handles the end of one session, or of all sessions of an account, because servers answer a probe for the account. A server sends
     * the same answer for a session that has logged in and not sent its presence yet, and Asterisk sends its presence last. Therefore
     * the answer ends only sessions that have sent nothing since the connection was lost.
     */
    private void ended(Jid from) {
        if (from.isFull()) {
            forget(from);
            endListener.sessionEnded(from);
            return;
        }
        Set<Jid> known = sessions.getOrDefault(from.account(), Set.of());
        List<Jid> gone = known.stream().filter(missing::contains).toList();
        known.removeAll(gone);
        missing.removeAll(gone);
        gone.forEach(endListener::sessionEnded);
    }

    private XmlElement presence(Account to, String type) {
        return XmlElement.element("presence", Namespaces.CLIENT)
                .attribute("from", service.toString())
                .attribute("to", to.text())
                .attribute("type", type)
                .build();
    }
}
