// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.policy.Audiences;
import org.devstate.core.policy.Pace;
import org.jspecify.annotations.Nullable;

/** The subscriptions of sessions, not accounts, with their outboxes. Thread-safe. */
public final class Subscriptions {

    private final Map<Jid, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final Paces paces;
    private final Audiences audiences;
    private final Quota quota;
    private final DeliveryContext context;
    private final Delivery delivery;

    /** Decides the pace of each session. Thread-safe, and quick. */
    @FunctionalInterface
    public interface Paces {

        /** The pace of {@code session}. */
        Pace of(Jid session);
    }

    /** Takes the notifications that leave for each subscriber. Thread-safe; called with no lock held. */
    @FunctionalInterface
    public interface Delivery {

        /**
         * Sends {@code notifications} to {@code subscriber}.
         *
         * @param notifications in order, in a list that must not be retained
         */
        void deliver(Jid subscriber, List<Notification> notifications);

        /** Whether {@code subscriber} has not received what was delivered before, so that more had better wait. Quick. */
        default boolean isBehind(Jid subscriber) {
            return false;
        }
    }

    /**
     * @param paces the pace of each session
     * @param audiences the audience of a notification, asked when it is offered and again when it leaves
     * @param quota how many subscriptions the sessions of each account may have here
     * @param context what all outboxes share
     * @param delivery takes the notifications that leave
     */
    public Subscriptions(Paces paces, Audiences audiences, Quota quota, DeliveryContext context, Delivery delivery) {
        this.paces = paces;
        this.audiences = audiences;
        this.quota = quota;
        this.context = context;
        this.delivery = delivery;
    }

    /** Whether {@link #add} would find room for it now. */
    public boolean hasRoom(Jid session, NodeType node) {
        Subscriber subscriber = subscribers.get(session);
        return (subscriber != null && subscriber.isSubscribedTo(node)) || quota.hasRoom(session);
    }

    /**
     * Subscribes {@code session}: it receives all later notifications. A second time, nothing changes.
     *
     * @return whether it is subscribed now; not if its account has all the subscriptions that it may have
     */
    public boolean add(Jid session, NodeType node) {
        Subscriber added = subscribers.compute(session, (jid, known) -> {
            if ((known != null && known.isSubscribedTo(node)) || !quota.take(jid)) {
                return known;
            }
            Subscriber subscriber = known != null ? known : newSubscriber(jid);
            subscriber.add(node);
            return subscriber;
        });
        if (added == null) {
            return false;
        }
        added.outbox().setPace(paces.of(session)); // the paces may have changed since
        return added.isSubscribedTo(node);
    }

    private Subscriber newSubscriber(Jid session) {
        AudienceCache audienceCache = new AudienceCache(session);
        Outbox outbox = new Outbox(
                paces.of(session),
                context,
                notification -> notification.isOffline() || audienceCache.allows(audiences.of(notification)),
                new SubscriberLine(session, delivery));
        return new Subscriber(session, outbox);
    }

    private record SubscriberLine(Jid session, Delivery delivery) implements Outbox.Sender {

        @Override
        public void send(List<Notification> notifications) {
            delivery.deliver(session, notifications);
        }

        @Override
        public boolean isBehind() {
            return delivery.isBehind(session);
        }
    }

    /** Asks anew for the pace of each session. */
    public void changePaces() {
        subscribers.forEach((session, subscriber) -> subscriber.outbox().setPace(paces.of(session)));
    }

    /** Ends one subscription of {@code session}. If there is none, nothing changes. */
    public void remove(Jid session, NodeType node) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            if (subscriber.remove(node)) {
                quota.giveBack(session);
            }
            dropIfDone(subscriber);
        }
    }

    /** Ends all subscriptions of {@code session}. */
    public void removeAll(Jid session) {
        for (NodeType node : NodeType.values()) {
            remove(session, node);
        }
    }

    /** Puts {@code notification} into the outboxes of its audience; {@link #flush} then sends it. */
    public void offer(Notification notification) {
        offer(notification, audiences.of(notification));
    }

    /** As {@link #offer(Notification)}, to some only. */
    public void offer(Notification notification, SessionFilter audience) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offer(notification, audience);
        }
    }

    /**
     * As {@link #offer(Notification, SessionFilter)}, but only to sessions that have not read their snapshot to the end: its entry may be missing in
     * there by now.
     */
    public void offerToThoseThatAwait(Notification notification, SessionFilter audience) {
        for (Subscriber subscriber : subscribers.values()) {
            boolean isPublisher = notification.publisher().equals(subscriber.session());
            if (!isPublisher && subscriber.outbox().awaits(notification.key())) {
                subscriber.offer(notification, audience);
            }
        }
    }

    /** As {@link #offer(Notification, SessionFilter)}, for an older value: it leaves when no change is left, as a snapshot does. */
    public void offerKnown(Notification notification, SessionFilter audience) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offerKnown(notification, audience);
        }
    }

    /** As {@link #offerKnown(Notification, SessionFilter)}, to one session. */
    public void offerKnown(Notification notification, Jid session) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            boolean unused = subscriber.offerKnown(notification, session::equals);
        }
    }

    /** As {@link #offer(Notification, SessionFilter)}, to one session. */
    public void offer(Notification notification, Jid session) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.offer(notification, session::equals);
        }
    }

    /** The sessions with at least one subscription. */
    public List<Jid> sessions() {
        return subscribers.values().stream()
                .filter(subscriber -> !subscriber.hasEnded())
                .map(Subscriber::session)
                .toList();
    }

    /**
     * Begins the snapshot of {@code node} for {@code session}, with the next {@link #flush(Jid)}. It is read part by part, as fast as
     * it leaves; changes go before it.
     *
     * @param snapshots makes the snapshot, if {@code session} is subscribed to the node; called with no lock held
     */
    public void begin(Jid session, NodeType node, Supplier<Snapshot> snapshots) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.begin(node, snapshots, audiences);
        }
    }

    /** As {@link #begin}, for every subscriber of {@code node}: with the next {@link #flush()}. */
    public void beginAll(NodeType node, Supplier<Snapshot> snapshots) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.begin(node, snapshots, audiences);
        }
    }

    /** Sets how many entries of snapshots are sent a second to all together; 0 for no limit. */
    public void setSnapshotRate(int perSecond) {
        context.hostFlow.setRate(perSecond);
    }

    /** Sends the notifications that {@link #offer} has left in all outboxes. Never called with a lock held. */
    public void flush() {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.outbox().flush();
            dropIfDone(subscriber);
        }
    }

    /** Sends the notifications in the outbox of {@code session} alone. Never called with a lock held. */
    public void flush(Jid session) {
        @Nullable Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.outbox().flush();
        }
    }

    /** Whether a notification of {@code key} is still to be sent to {@code session}. */
    public boolean awaits(Jid session, ItemKey key) {
        Subscriber subscriber = subscribers.get(session);
        return subscriber != null && subscriber.outbox().awaits(key);
    }

    /** Whether {@code session} is subscribed to {@code node}. */
    public boolean isSubscribed(Jid session, NodeType node) {
        Subscriber subscriber = subscribers.get(session);
        return subscriber != null && subscriber.isSubscribedTo(node);
    }

    /** How many subscriptions each account may have. */
    public int mostPerAccount() {
        return quota.mostPerAccount();
    }

    /** Whether {@code session} has at least one subscription. */
    public boolean isSubscribed(Jid session) {
        return isSubscribed(session, NodeType.DEVICE_STATE) || isSubscribed(session, NodeType.MESSAGE_WAITING);
    }

    /** The notifications to {@code session} in the last minute, per second. */
    public double perSecond(Jid session) {
        Subscriber subscriber = subscribers.get(session);
        return subscriber == null ? 0 : subscriber.outbox().perSecond();
    }

    /**
     * When the oldest change happened that waits for {@code session}, in milliseconds since the epoch; {@link Long#MAX_VALUE} if none
     * waits. Looks at its whole outbox.
     */
    public long oldestChangeMs(Jid session) {
        Subscriber subscriber = subscribers.get(session);
        return subscriber == null ? Long.MAX_VALUE : subscriber.outbox().oldestChangeMs();
    }

    /** How many sessions have at least one subscription. */
    public int size() {
        return sessions().size();
    }

    /** How many notifications are pending in all outboxes together, not counting the unread rest of snapshots that have begun. */
    public long queued() {
        return subscribers.values().stream()
                .mapToLong(subscriber -> subscriber.outbox().depth())
                .sum();
    }

    /** How many events wait in the outbox that has the most. */
    public int deepest() {
        return subscribers.values().stream()
                .mapToInt(subscriber -> subscriber.outbox().depth())
                .max()
                .orElse(0);
    }

    /**
     * How many values were left out, because a newer one of their key replaced them while they were pending, or the last notification
     * had the same; one for each subscriber and value.
     */
    public long coalesced() {
        return context.losses.coalesced.sum();
    }

    /**
     * How many non-cachable notifications were dropped, because more than {@value Backlog#MOST_NON_CACHABLE} of them were pending for
     * one subscriber; one for each subscriber and notification.
     */
    public long dropped() {
        return context.losses.dropped.sum();
    }

    /** How many times {@code delivery} has thrown an exception. Its notifications of then are not sent again. */
    public long failed() {
        return context.losses.failed.sum();
    }

    /**
     * Drops a subscriber that has ended all subscriptions, but not while a notification is still on its way out: if the session
     * subscribed again it would get another outbox, whose notifications could be overtaken by older ones.
     */
    private void dropIfDone(Subscriber subscriber) {
        if (subscriber.hasEnded()) {
            subscribers.computeIfPresent(
                    subscriber.session(),
                    (jid, known) -> known.hasEnded() && known.outbox().isIdle() ? null : known);
        }
    }
}
