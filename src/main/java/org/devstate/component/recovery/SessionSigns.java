// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.recovery;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;

/** Detects from stanzas which sessions of admitted accounts are connected, and which of them are Asterisk. Thread-safe. */
public final class SessionSigns {

    /** The software that Asterisk's presence names (XEP-0115). */
    private static final String ASTERISK_CAPS = "http://www.asterisk.org/xmpp/client/caps";

    private static final String CAPS = "http://jabber.org/protocol/caps";

    private final SessionFilter admitted;

    /** The sessions whose presence is available. */
    private final Set<Jid> available = ConcurrentHashMap.newKeySet();

    /** The sessions that answered a request. */
    private final Set<Jid> answered = ConcurrentHashMap.newKeySet();

    private final Set<Jid> asterisks = ConcurrentHashMap.newKeySet();

    public SessionSigns(SessionFilter admitted) {
        this.admitted = admitted;
    }

    /** Forgets all sessions, because the connection to the XMPP server is new. */
    public void clear() {
        available.clear();
        answered.clear();
    }

    /** Handles a presence stanza. */
    public void presence(Jid from, ElementView stanza) {
        if (!from.isFull() || stanza.attribute("type") != null || !admitted.includes(from)) {
            return;
        }
        available.add(from);
        ElementView caps = stanza.child("c", CAPS);
        if (caps != null && ASTERISK_CAPS.equals(caps.attribute("node"))) {
            asterisks.add(from);
        }
    }

    /** Handles the answer to a {@code disco#info} (XEP-0030), by which Asterisk identifies itself. */
    public void answer(Jid from, ElementView iq) {
        if (!from.isFull() || !"result".equals(iq.attribute("type")) || !admitted.includes(from)) {
            return;
        }
        ElementView query = iq.child("query", Namespaces.DISCO_INFO);
        if (query == null) {
            return;
        }
        answered.add(from);
        for (ElementView child : query.children()) {
            if (child.name().equals("identity") && "asterisk".equals(child.attribute("name"))) {
                asterisks.add(from);
            }
        }
    }

    /** Removes a session that has ended. */
    public void ended(Jid session) {
        available.remove(session);
        answered.remove(session);
        asterisks.remove(session);
    }

    /** Whether {@code session} is available; Asterisk becomes available only after it has subscribed. */
    public boolean isAvailable(Jid session) {
        return available.contains(session);
    }

    /** Whether {@code session} answered a request over the present connection. */
    public boolean hasAnswered(Jid session) {
        return answered.contains(session);
    }

    /** Whether {@code session} belongs to an Asterisk. */
    public boolean isAsterisk(Jid session) {
        return asterisks.contains(session);
    }

    /** Returns the available sessions. */
    public Collection<Jid> connected() {
        return List.copyOf(available);
    }
}
