package org.devstate.core.sessions;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/** Has subscriptions persisted, for a host whose sessions outlive a restart of the service. Thread-safe. */
public final class SubscriptionPersister {

    private final Jid address;
    private final Persister persister;
    private volatile boolean enabled;

    /** @param persister takes the changes to persist; returns at once */
    public SubscriptionPersister(Jid address, Persister persister) {
        this.address = address;
        this.persister = persister;
    }

    void enable() {
        enabled = true;
    }

    public void subscribed(Jid session, NodeType node) {
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
