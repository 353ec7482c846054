// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.SnapshotSource;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.sessions.SessionLifecycle;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/** Carries out subscribes, each of which is followed by a snapshot, and unsubscribes. Thread-safe. */
public final class SubscriptionHandler {

    private final SessionLifecycle lifecycle;
    private final Subscriptions subscriptions;
    private final SnapshotSource snapshots;
    private final ReplySender replies;
    private final Counters counters;

    public SubscriptionHandler(
            SessionLifecycle lifecycle,
            Subscriptions subscriptions,
            SnapshotSource snapshots,
            ReplySender replies,
            Counters counters) {
        this.lifecycle = lifecycle;
        this.subscriptions = subscriptions;
        this.snapshots = snapshots;
        this.replies = replies;
        this.counters = counters;
    }

    void subscribe(Jid from, ElementView stanza, Request.Subscribe request) {
        NodeType node = request.target().node();
        if (!from.isFull() || !isNameOf(request.jid(), from)) {
            rejectJid(from, stanza, request, "a session can subscribe only itself: jid must name its own account");
        } else if (!subscriptions.hasRoom(from, node)) {
            counters.count(Counter.SUBSCRIPTIONS_FULL);
            String text = "this account has " + subscriptions.mostPerAccount() + " subscriptions; end one first";
            replies.reject(
                    from, stanza, request, new StanzaError(Condition.POLICY_VIOLATION, "too-many-subscriptions", text));
        } else {
            // The reply goes first. Then the subscription, then the walk begins: later changes reach the outbox by
            // themselves.
            replies.subscribed(from, stanza, request);
            if (lifecycle.subscribe(from, node)) {
                snapshots.start(from, node);
            }
        }
    }

    /** Nothing ends for a leaf node, because no session has a subscription to one. */
    void unsubscribe(Jid from, ElementView stanza, Request.Unsubscribe request) {
        if (!isNameOf(request.jid(), from)) {
            rejectJid(from, stanza, request, "a session can unsubscribe only itself: jid must name its own account");
            return;
        }
        if (request.target().leaf() == null) {
            lifecycle.unsubscribe(from, request.target().node());
        }
        replies.acknowledge(from, stanza);
    }

    private void rejectJid(Jid from, ElementView stanza, Request request, String text) {
        replies.reject(from, stanza, request, new StanzaError(Condition.BAD_REQUEST, "invalid-jid", text));
    }

    /** Whether {@code jid} is the session's account or the session itself; the case of an account means nothing. */
    private static boolean isNameOf(@Nullable String jid, Jid session) {
        Jid named = jid == null ? null : Jid.parse(jid);
        if (named == null) {
            return false;
        }
        boolean own = !named.isFull() || named.resource().equals(session.resource());
        return own && named.bare().equalsIgnoreCase(session.bare());
    }
}
