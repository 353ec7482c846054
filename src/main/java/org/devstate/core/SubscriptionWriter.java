package org.devstate.core;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/** Has subscriptions persisted, for a host whose sessions outlive a restart of the service. Thread-safe. */
final class SubscriptionWriter {

    private final Jid address;
    private final Persister persister;
    private volatile boolean enabled;

    /** @param persister takes what is to be persisted; returns at once */
    SubscriptionWriter(Jid address, Persister persister) {
        this.address = address;
        this.persister = persister;
    }

    void enable() {
        enabled = true;
    }

    void subscribed(Jid session, NodeType node) {
        if (enabled) {
            persister.persist(new Change.Subscription(session, node, address));
        }
    }

    void ended(Jid session, NodeType node) {
        if (enabled) {
            persister.persist(new Change.SubscriptionGone(session, node));
        }
    }
}
