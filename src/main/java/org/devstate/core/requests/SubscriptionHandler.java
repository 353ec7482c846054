package org.devstate.core.requests;

import org.devstate.core.delivery.AddressBook;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.entries.SnapshotSource;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.sessions.SessionLifecycle;
import org.devstate.core.sessions.SubscriptionPersister;
import org.devstate.core.sessions.SubscriptionResumer;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/** Handles subscriptions: they begin with a snapshot, and end. Thread-safe. */
public final class SubscriptionHandler implements SubscriptionResumer {

    private final EntryRecorder recorder;
    private final SnapshotSource snapshots;
    private final SessionLifecycle lifecycle;
    private final Subscriptions subscriptions;
    private final Counters counters;
    private final ReplySender replies;
    private final AddressBook addresses;
    private final SubscriptionPersister writer;
    private volatile Limits limits = Limits.DEFAULT;

    public SubscriptionHandler(
            EntryRecorder recorder,
            SnapshotSource snapshots,
            SessionLifecycle lifecycle,
            Subscriptions subscriptions,
            Counters counters,
            ReplySender replies,
            AddressBook addresses,
            SubscriptionPersister writer) {
        this.recorder = recorder;
        this.snapshots = snapshots;
        this.lifecycle = lifecycle;
        this.subscriptions = subscriptions;
        this.counters = counters;
        this.replies = replies;
        this.addresses = addresses;
        this.writer = writer;
    }

    public void setLimits(Limits changed) {
        limits = changed;
    }

    void subscribe(Jid from, ElementView stanza, Request.Subscribe request) {
        NodeType node = request.target().node();
        if (!from.isFull() || !isNameOf(request.jid(), from)) {
            rejectJid(from, stanza, request, "a session may subscribe itself only; jid must name its own account");
        } else if (!subscriptions.hasRoom(from, node)) {
            counters.count(Counter.SUBSCRIPTIONS_FULL);
            String text = "this account has " + limits.subscriptionsPerAccount() + " subscriptions; end one first";
            replies.reject(
                    from, stanza, request, new StanzaError(Condition.POLICY_VIOLATION, "too-many-subscriptions", text));
        } else {
            // The reply goes first. Then the subscription, then the walk begins: later changes reach the outbox by
            // themselves.
            replies.subscribed(from, stanza, request);
            begin(from, node, stanza);
        }
    }

    private void begin(Jid session, NodeType node, ElementView stanza) {
        // A session that subscribes is subscribed. If this is late, and the session is gone, its host ends it again.
        lifecycle.revive(session);
        addresses.subscribed(session, stanza);
        lifecycle.subscribes(session, node);
        if (!subscriptions.add(session, node)) {
            return; // another session of the account took the last place since
        }
        writer.subscribed(session, node);
        recorder.startSnapshot(session, node, () -> snapshots.of(node));
    }

    /** Asterisk unsubscribes before it repeats its whole cache, and never else but when it leaves. */
    void unsubscribe(Jid from, ElementView stanza, Request.Unsubscribe request) {
        if (!isNameOf(request.jid(), from)) {
            rejectJid(from, stanza, request, "a session may unsubscribe itself only; jid must name its own account");
            return;
        }
        NodeType node = request.target().node();
        subscriptions.remove(from, node);
        writer.ended(from, node);
        if (node == NodeType.DEVICE_STATE) {
            lifecycle.begin(from);
        }
        replies.acknowledge(from, stanza);
    }

    private void rejectJid(Jid from, ElementView stanza, Request request, String text) {
        replies.reject(from, stanza, request, new StanzaError(Condition.BAD_REQUEST, "invalid-jid", text));
    }

    /** Resumes a subscription from before a restart: the session receives a snapshot. */
    @Override
    public void resume(Jid session, NodeType node) {
        if (!subscriptions.isSubscribed(session, node) && subscriptions.add(session, node)) {
            lifecycle.resume(session);
            recorder.startSnapshot(session, node, () -> snapshots.of(node));
        }
    }

    public void resynchronize() {
        for (NodeType node : NodeType.values()) {
            recorder.startSnapshots(node, () -> snapshots.of(node));
        }
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
