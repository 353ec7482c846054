// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/** Learns of the subscriptions of sessions here. Thread-safe; returns at once. */
@FunctionalInterface
public interface SubscriptionListener {

    /** For a service without a cluster. */
    SubscriptionListener NONE = (session, node) -> {};

    /** {@code session} has subscribed to {@code node}. */
    void subscribed(Jid session, NodeType node);
}
