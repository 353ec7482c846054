// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.policy.Audiences;

/** One session, its subscribed nodes, and its outbox. Thread-safe. */
final class Subscriber {

    private final Jid session;
    private final Outbox outbox;
    private final AudienceCache audienceCache;
    private final Set<NodeType> nodes = EnumSet.noneOf(NodeType.class);

    /** For each node whose snapshot is to begin: the subjects whose changes were offered meanwhile, which it need not repeat. */
    private final Map<NodeType, Set<Object>> early = new EnumMap<>(NodeType.class);

    private volatile boolean ended;

    Subscriber(Jid session, Outbox outbox) {
        this.session = session;
        this.outbox = outbox;
        this.audienceCache = new AudienceCache(session);
    }

    Jid session() {
        return session;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether no subscription is left. */
    boolean hasEnded() {
        return ended;
    }

    /** Begins one subscription, which there is not yet. */
    synchronized void add(NodeType node) {
        ended = false;
        nodes.add(node);
        early.put(node, new HashSet<>());
    }

    /** Ends one subscription. Returns whether there was one. Pending notifications of that node are not sent any more. */
    synchronized boolean remove(NodeType node) {
        boolean there = nodes.remove(node);
        early.remove(node);
        outbox.forget(node);
        ended = nodes.isEmpty();
        return there;
    }

    /** Whether it is subscribed to {@code node}. */
    synchronized boolean isSubscribedTo(NodeType node) {
        return nodes.contains(node);
    }

    /**
     * Puts a change into the outbox, if the session is subscribed and in the audience; otherwise nothing is allocated. After its own
     * publish the session does not receive an older value.
     */
    synchronized void offer(Notification notification, SessionFilter audience) {
        if (!nodes.contains(notification.key().node())) {
            return;
        }
        if (!notification.publisher().equals(session)) {
            if (audienceCache.allows(audience)) {
                outbox.offer(notification);
                noteEarly(notification);
            }
        } else if (notification.cachable()) {
            outbox.overtake(notification);
        }
    }

    /** All later changes are offered too, so that the latest value of this key is the last one, whatever a snapshot finds. */
    private void noteEarly(Notification notification) {
        Set<Object> subjects = early.get(notification.key().node());
        if (subjects != null && notification.cachable()) {
            subjects.add(subject(notification.key()));
        }
    }

    /** The same for all keys {@linkplain ItemKey#isOfOneSubject of one subject} in one node. */
    private static Object subject(ItemKey key) {
        return key.node() == NodeType.MESSAGE_WAITING ? key.id() : key;
    }

    /** Puts an older value into the outbox, if the session is subscribed and in the audience. Returns whether it is. */
    synchronized boolean offerKnown(Notification notification, SessionFilter audience) {
        boolean receives = nodes.contains(notification.key().node())
                && !notification.publisher().equals(session)
                && audienceCache.allows(audience);
        if (receives) {
            outbox.offerSnapshot(notification);
        }
        return receives;
    }

    /**
     * Begins a snapshot, if the session is subscribed to that node. It is read when there is time for it.
     *
     * @param snapshots makes one, and is called with no lock held
     * @param audiences gives the audience of each of its notifications
     */
    void begin(NodeType node, Supplier<Snapshot> snapshots, Audiences audiences) {
        // First: a change between the two is offered, even if it repeats the last notification; otherwise it would be
        // in neither.
        if (repeat(node)) {
            begin(node, snapshots.get(), audiences);
        }
    }

    private synchronized boolean repeat(NodeType node) {
        outbox.repeat(node);
        if (nodes.contains(node)) {
            early.computeIfAbsent(node, unused -> new HashSet<>());
        }
        return nodes.contains(node);
    }

    private synchronized void begin(NodeType node, Snapshot snapshot, Audiences audiences) {
        if (nodes.contains(node)) {
            Set<Object> noted = early.remove(node);
            Set<Object> alreadyOffered = noted == null ? Set.of() : noted; // if two begin at once, it may be sent twice
            SnapshotRecipient recipient = new SnapshotRecipient(alreadyOffered, audiences);
            outbox.beginSnapshot(node, () -> snapshot.read(recipient));
        }
    }

    private final class SnapshotRecipient implements Snapshot.Recipient {
        private final Set<Object> alreadyOffered;
        private final Audiences audiences;

        SnapshotRecipient(Set<Object> alreadyOffered, Audiences audiences) {
            this.alreadyOffered = alreadyOffered;
            this.audiences = audiences;
        }

        @Override
        public boolean knows(Notification notification) {
            return notification.publisher().equals(session)
                    || audiences.of(notification).includes(session);
        }

        @Override
        public boolean offer(Notification notification) {
            return !alreadyOffered.contains(subject(notification.key()))
                    && offerKnown(notification, audiences.of(notification));
        }
    }
}
