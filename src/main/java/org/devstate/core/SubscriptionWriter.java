package org.devstate.core;

import java.util.function.Consumer;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.store.Change;

/** Has subscriptions persisted, for a host whose sessions outlive a restart of the service. Thread-safe. */
final class SubscriptionWriter {

    private final Jid address;
    private final Consumer<Change> keeper;
    private volatile boolean enabled;

    /** @param keeper takes what is to be persisted; returns at once */
    SubscriptionWriter(Jid address, Consumer<Change> keeper) {
        this.address = address;
        this.keeper = keeper;
    }

    void enable() {
        enabled = true;
    }

    void subscribed(Jid session, NodeType node) {
        if (enabled) {
            keeper.accept(new Change.Subscription(session, node, address));
        }
    }

    void ended(Jid session, NodeType node) {
        if (enabled) {
            keeper.accept(new Change.SubscriptionGone(session, node));
        }
    }
}
