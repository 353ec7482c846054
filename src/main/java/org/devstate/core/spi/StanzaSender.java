package org.devstate.core.spi;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;

/**
 * Takes what the core has to say to the XMPP server. Called from the threads that call the core and from the
 * {@link Scheduler}'s, never with a lock held; it must be thread-safe, must not block on the network, and must keep the order
 * of two calls for one receiver where the second begins after the first has returned,
 * but for answers, which may pass messages.
 */
@FunctionalInterface
public interface StanzaSender {

    /**
     * Sends {@code stanza}, which bears its addresses already.
     *
     * @param to the receiver, as in the stanza
     */
    void send(Jid to, XmlElement stanza);

    /**
     * Sends several stanzas to one receiver, in that order, as {@link #send(Jid, XmlElement)} would one after another; a host may
     * let them go together.
     *
     * @param stanzas are not kept
     */
    default void send(Jid to, List<XmlElement> stanzas) {
        stanzas.forEach(stanza -> send(to, stanza));
    }

    /**
     * How many of the stanzas that it has taken have not left yet, where the host knows; else 0. As long as many wait, the core
     * holds back what it has to tell, which is coalesced there. Asked for each receiver of each change, so it must be quick.
     */
    default int waiting() {
        return 0;
    }
}
