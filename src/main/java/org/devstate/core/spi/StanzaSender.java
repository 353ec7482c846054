// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;

/**
 * Takes the core's stanzas for the XMPP server. Called from the threads that call the core and from the {@link Scheduler}'s, with no
 * lock held. It must be thread-safe and must not block on the network. It must keep the order of two calls for one recipient if the
 * second begins after the first has returned; only answers may overtake messages.
 */
@FunctionalInterface
public interface StanzaSender {

    /**
     * Sends {@code stanza}, which bears its addresses already.
     *
     * @param to the recipient, as in the stanza
     */
    void send(Jid to, XmlElement stanza);

    /**
     * Sends several stanzas to one recipient, in that order, as {@link #send(Jid, XmlElement)} would one after another; a host may let
     * them go together.
     *
     * @param stanzas a list that must not be retained
     */
    default void send(Jid to, List<XmlElement> stanzas) {
        stanzas.forEach(stanza -> send(to, stanza));
    }

    /**
     * How many of the taken stanzas have not left yet, if the host knows that; else 0. While many wait, the core holds back
     * notifications, which are coalesced there. Asked for each subscriber of each change, so it must be quick.
     */
    default int waiting() {
        return 0;
    }

    /**
     * Whether stanzas for {@code to} wait because its line does not take them; {@code false} if the host does not know. As long as they
     * do, the core holds back its notifications. Asked before each go of notifications, so it must be quick.
     */
    default boolean isBehind(Jid to) {
        return false;
    }
}
