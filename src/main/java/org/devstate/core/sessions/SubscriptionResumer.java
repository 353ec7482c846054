package org.devstate.core.sessions;

import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/** Resumes subscriptions from before a restart. Implementations are thread-safe; called with no lock held. */
@FunctionalInterface
public interface SubscriptionResumer {

    /** Subscribes {@code session} to {@code node} again, and sends it a snapshot. */
    void resume(Jid session, NodeType node);
}
