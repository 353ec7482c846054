package org.devstate.component.recovery;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;

/** Which sessions of admitted accounts are connected, and which of them are Asterisk's, as far as their stanzas show it. Thread-safe. */
public final class SessionSigns {

    /** What Asterisk's presence names as its software (XEP-0115). */
    private static final String ASTERISK_CAPS = "http://www.asterisk.org/xmpp/client/caps";

    private static final String CAPS = "http://jabber.org/protocol/caps";

    private final Predicate<Jid> admitted;

    /** Those whose presence is available. */
    private final Set<Jid> available = ConcurrentHashMap.newKeySet();

    /** Those that answered a question. */
    private final Set<Jid> answered = ConcurrentHashMap.newKeySet();

    private final Set<Jid> asterisks = ConcurrentHashMap.newKeySet();

    public SessionSigns(Predicate<Jid> admitted) {
        this.admitted = admitted;
    }

    /** The connection to the XMPP server is another: nothing is known of who is connected. */
    public void clear() {
        available.clear();
        answered.clear();
    }

    /** Takes a presence stanza. */
    public void presence(Jid from, ElementView stanza) {
        if (!from.isFull() || stanza.attribute("type") != null || !admitted.test(from)) {
            return;
        }
        available.add(from);
        ElementView caps = stanza.child("c", CAPS);
        if (caps != null && ASTERISK_CAPS.equals(caps.attribute("node"))) {
            asterisks.add(from);
        }
    }

    /** Takes the answer to a {@code disco#info} (XEP-0030): Asterisk calls itself so. */
    public void answer(Jid from, ElementView iq) {
        if (!from.isFull() || !"result".equals(iq.attribute("type")) || !admitted.test(from)) {
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

    /** A session has ended. */
    public void ended(Jid session) {
        available.remove(session);
        answered.remove(session);
        asterisks.remove(session);
    }

    /** Whether {@code session} is available: Asterisk is so when it has subscribed, not before. */
    public boolean isAvailable(Jid session) {
        return available.contains(session);
    }

    /** Whether {@code session} answered a question over the present connection. */
    public boolean hasAnswered(Jid session) {
        return answered.contains(session);
    }

    /** Whether {@code session} is an Asterisk's. */
    public boolean isAsterisk(Jid session) {
        return asterisks.contains(session);
    }

    /** The sessions that are available. */
    public Collection<Jid> connected() {
        return List.copyOf(available);
    }
}
