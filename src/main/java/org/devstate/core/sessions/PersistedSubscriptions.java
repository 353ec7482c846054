// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.store.Change;

/** The subscriptions from before a restart, until they are taken up again or their sessions have ended. Thread-safe. */
public final class PersistedSubscriptions {

    private final ActivePolicy activePolicy;
    private final Subscriptions subscriptions;
    private final SubscriptionResumer resumer;
    private final SubscriptionPersister persister;
    private final Map<Jid, Set<NodeType>> nodes = new ConcurrentHashMap<>();

    public PersistedSubscriptions(
            ActivePolicy activePolicy,
            Subscriptions subscriptions,
            SubscriptionResumer resumer,
            SubscriptionPersister persister) {
        this.activePolicy = activePolicy;
        this.subscriptions = subscriptions;
        this.resumer = resumer;
        this.persister = persister;
    }

    /** Has subscriptions persisted from now on. */
    void enable() {
        persister.enable();
    }

    void restore(List<Change.Subscription> before) {
        for (Change.Subscription subscription : before) {
            nodes.computeIfAbsent(subscription.session(), session -> ConcurrentHashMap.newKeySet())
                    .add(subscription.node());
        }
    }

    /** The sessions whose subscriptions are neither taken up again nor forgotten. */
    Set<Jid> sessions() {
        return Set.copyOf(nodes.keySet());
    }

    /** The session has ended; unless it has subscribed anew, its subscriptions are no longer persisted. */
    void forget(Jid session) {
        Set<NodeType> forgotten = nodes.remove(session);
        if (forgotten != null && !subscriptions.isSubscribed(session)) {
            forgotten.forEach(node -> persister.ended(session, node));
        }
    }

    /** Resumes the subscriptions of {@code session}, if it has any; returns whether it had. */
    boolean resume(Jid session) {
        Set<NodeType> resumed = nodes.remove(session);
        if (resumed == null || !activePolicy.admits(session) || subscriptions.isSubscribed(session)) {
            return false;
        }
        resumed.forEach(node -> resumer.resume(session, node));
        return true;
    }
}
