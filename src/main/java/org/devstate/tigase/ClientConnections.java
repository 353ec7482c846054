package org.devstate.tigase;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/**
 * The connections of clients that have logged in, as the gate sees them come and go. They are the server's and not a bean's: they outlive
 * a reload of the component that asks for them, which is what they are there for. Thread-safe.
 */
final class ClientConnections {

    private static final Set<XMPPIOService<?>> LOGGED_IN = ConcurrentHashMap.newKeySet();

    private ClientConnections() {}

    static void add(XMPPIOService<?> connection) {
        LOGGED_IN.add(connection);
    }

    static void remove(XMPPIOService<?> connection) {
        LOGGED_IN.remove(connection);
    }

    /** Those there are now; who comes later is not among them. */
    static Set<XMPPIOService<?>> now() {
        return Set.copyOf(LOGGED_IN);
    }

    /**
     * Closes those of {@code connections} that are of such sessions, who then log in again by themselves: an Asterisk says then all that it
     * knows, and subscribes, which it never does again while it is logged in.
     *
     * @return how many there were
     */
    static int close(Set<XMPPIOService<?>> connections, Predicate<Jid> sessions) {
        int closed = 0;
        for (XMPPIOService<?> connection : connections) {
            JID address = connection.getAuthorisedUserJid().orElse(null);
            if (LOGGED_IN.contains(connection) && address != null && sessions.test(Jid.of(address.toString()))) {
                connection.forceStop();
                closed++;
            }
        }
        return closed;
    }
}
