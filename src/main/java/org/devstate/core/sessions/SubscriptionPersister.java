// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/** Has subscriptions persisted, for a host whose sessions outlive a restart of the service, and made known to other nodes. Thread-safe. */
public final class SubscriptionPersister {

    private final Jid address;
    private final Persister persister;
    private final SubscriptionListener listener;
    private volatile boolean enabled;

    /**
     * @param persister takes the changes to persist; returns at once
     * @param listener learns of each subscription
     */
    public SubscriptionPersister(Jid address, Persister persister, SubscriptionListener listener) {
        this.address = address;
        this.persister = persister;
        this.listener = listener;
    }

    void enable() {
        enabled = true;
    }

    public void subscribed(Jid session, NodeType node) {
        listener.subscribed(session, node);
        if (enabled) {
            persister.persist(new Change.Subscription(session, node, address));
        }
    }

    public void ended(Jid session, NodeType node) {
        if (enabled) {
            persister.persist(new Change.SubscriptionGone(session, node));
        }
    }
}
