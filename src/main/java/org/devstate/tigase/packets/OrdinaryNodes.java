// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests about ordinary PubSub nodes in cluster mode, because Tigase's PubSub caches them on each node and passes no change on
 * to the others. Thread-safe.
 */
public final class OrdinaryNodes {

    static final String REASON = "in cluster mode, this service has no nodes but device_state and message_waiting;"
            + " the setting ordinary-nodes-in-cluster would allow others";

    /** Whether ordinary nodes are rejected now. */
    @FunctionalInterface
    public interface NodeRestriction {

        boolean isOn();
    }

    private final NodeRestriction restriction;
    private final StanzaSender sender;

    /** @param sender takes the errors */
    public OrdinaryNodes(NodeRestriction restriction, StanzaSender sender) {
        this.restriction = restriction;
        this.sender = sender;
    }

    /** Rejects a request that was not about our nodes, if it is about others. Returns whether it did. */
    boolean rejects(@Nullable Jid from, @Nullable Jid asked, ElementView stanza) {
        if (from == null || asked == null || !restriction.isOn() || !isPubSubRequest(stanza)) {
            return false;
        }
        XmlElement error = new StanzaError(Condition.SERVICE_UNAVAILABLE, null, REASON).toXml();
        sender.send(from, Replies.error(stanza, asked, from, error));
        return true;
    }

    private static boolean isPubSubRequest(ElementView stanza) {
        @Nullable String type = stanza.attribute("type");
        return stanza.name().equals("iq")
                && ("get".equals(type) || "set".equals(type))
                && stanza.children().stream().anyMatch(OrdinaryNodes::isPubSub);
    }

    private static boolean isPubSub(ElementView child) {
        return child.namespace().equals(Namespaces.PUBSUB) || child.namespace().equals(Namespaces.PUBSUB_OWNER);
    }
}
