// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.devstate.component.link.StanzaSink;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds accounts on ejabberd that lack the privacy list. The list protects their Asterisk while this component is not connected, because
 * ejabberd then sends an answer that crashes Asterisk. The check asks the server of each domain once for its identity (XEP-0030). If it
 * is ejabberd, the check queries every new session from the bare address of the service. With the list, that query does not reach
 * the session, and ejabberd answers instead. Thread-safe; sends with no lock held.
 */
final class ProtectionCheck {

    private enum ServerKind {
        UNKNOWN,
        EJABBERD,
        OTHER
    }

    /** Learns which accounts lack the list. */
    @FunctionalInterface
    interface UnprotectedAccountListener {

        void unprotected(String account);
    }

    private static final String PREFIX = "protected";

    private final Jid service;
    private final StanzaSink sender;
    private final UnprotectedAccountListener listener;
    private final Map<String, ServerKind> servers = new HashMap<>();

    /** Sessions, with whether they were queried; all sessions of a domain wait until its server is identified. */
    private final Map<Jid, Boolean> sessions = new HashMap<>();

    private final Set<Account> reported = new HashSet<>();

    /** @param listener receives the bare address of each account without the list, once */
    ProtectionCheck(Jid service, StanzaSink sender, UnprotectedAccountListener listener) {
        this.service = service;
        this.sender = sender;
        this.listener = listener;
    }

    /** Checks a session of an admitted account, which has sent a stanza. */
    void watch(Jid session) {
        Jid asked = null;
        synchronized (this) {
            if (sessions.containsKey(session) || !session.isFull()) {
                return;
            }
            ServerKind server = servers.get(domain(session));
            if (server == null) {
                servers.put(domain(session), ServerKind.UNKNOWN);
                asked = Jid.of(domain(session));
            } else if (server == ServerKind.EJABBERD) {
                asked = session;
            }
            sessions.put(session, server != null && server != ServerKind.UNKNOWN);
        }
        ask(asked);
    }

    /** Removes a session that has ended. */
    synchronized void forget(Jid session) {
        sessions.remove(session);
    }

    /** Handles an answer to any request. */
    void received(Jid from, ElementView iq) {
        String id = iq.attribute("id");
        if (id == null || !id.startsWith(PREFIX)) {
            return;
        }
        if (from.isFull()) {
            answered(from, iq);
        } else {
            identified(from, iq);
        }
    }

    private void identified(Jid from, ElementView iq) {
        Set<Jid> waiting = new HashSet<>();
        synchronized (this) {
            if (servers.get(domain(from)) != ServerKind.UNKNOWN) {
                return;
            }
            boolean isEjabberd = isEjabberd(iq);
            servers.put(domain(from), isEjabberd ? ServerKind.EJABBERD : ServerKind.OTHER);
            for (Map.Entry<Jid, Boolean> session : sessions.entrySet()) {
                if (domain(session.getKey()).equals(domain(from)) && !session.getValue()) {
                    session.setValue(true);
                    if (isEjabberd) {
                        waiting.add(session.getKey());
                    }
                }
            }
        }
        waiting.forEach(this::ask);
    }

    private void answered(Jid session, ElementView iq) {
        boolean isNew;
        synchronized (this) {
            isNew = "result".equals(iq.attribute("type"))
                    && servers.get(domain(session)) == ServerKind.EJABBERD
                    && reported.add(session.account());
        }
        if (isNew) {
            listener.unprotected(session.bare());
        }
    }

    private void ask(@Nullable Jid target) {
        if (target != null) {
            sender.send(XmlElement.element("iq", Namespaces.CLIENT)
                    .attribute("type", "get")
                    .attribute("from", service.toString())
                    .attribute("to", target.toString())
                    .attribute("id", PREFIX + "-" + domain(target))
                    .child("query", Namespaces.DISCO_INFO)
                    .build());
        }
    }

    private static String domain(Jid address) {
        return address.account().domain();
    }

    private static boolean isEjabberd(ElementView iq) {
        for (ElementView query : iq.children()) {
            for (ElementView identity : query.children()) {
                if (identity.name().equals("identity") && "ejabberd".equals(identity.attribute("name"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
