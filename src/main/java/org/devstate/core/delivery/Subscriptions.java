package org.devstate.core.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.stats.LossCounters;
import org.jspecify.annotations.Nullable;

/** The subscriptions of sessions, not accounts, with their outboxes. Thread-safe. */
public final class Subscriptions {

    private final Map<Jid, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final Function<Jid, Pace> paces;
    private final Function<Notification, Predicate<Jid>> audiences;
    private final Clock clock;
    private final Pacer pacer;
    private final BiConsumer<Jid, List<Notification>> delivery;
    private final LossCounters losses = new LossCounters();
    private final HostFlow hostFlow;
    private final Quota quota;

    /**
     * @param paces the pace of each session
     * @param audiences the audience of a notification, asked when it is offered and again when it leaves; quick, because locks are
     *     held. The returned audience gives the same answer each time
     * @param clock for the time since a notification was sent
     * @param scheduler runs the notifications that cannot be sent yet; it has one task for all subscribers, and none while nothing
     *     waits
     * @param quota how many subscriptions the sessions of each account may have here
     * @param waiting how many delivered notifications have not left the host yet, as far as it knows
     * @param delivery takes the notifications that leave for each subscriber, in order, in a list that it must not retain; with no lock
     *     held
     */
    public Subscriptions(
            Function<Jid, Pace> paces,
            Function<Notification, Predicate<Jid>> audiences,
            Clock clock,
            Scheduler scheduler,
            Quota quota,
            IntSupplier waiting,
            BiConsumer<Jid, List<Notification>> delivery) {
        this.hostFlow = new HostFlow(clock, waiting);
        this.quota = quota;
        this.paces = paces;
        this.audiences = audiences;
        this.clock = clock;
        this.pacer = new Pacer(clock, scheduler);
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
        added.outbox().setPace(paces.apply(session)); // the paces may have changed since
        return added.isSubscribedTo(node);
    }

    private Subscriber newSubscriber(Jid session) {
        AudienceCache audienceCache = new AudienceCache(session);
        Outbox outbox = new Outbox(
                paces.apply(session),
                clock,
                pacer,
                notification -> notification.isOffline() || audienceCache.allows(audiences.apply(notification)),
                events -> delivery.accept(session, events),
                hostFlow,
                losses);
        return new Subscriber(session, outbox);
    }

    /** Asks anew for the pace of each session. */
    public void changePaces() {
        subscribers.forEach((session, subscriber) -> subscriber.outbox().setPace(paces.apply(session)));
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
        offer(notification, audiences.apply(notification));
    }

    /** As {@link #offer(Notification)}, to some only. */
    public void offer(Notification notification, Predicate<Jid> audience) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offer(notification, audience);
        }
    }

    /** As {@link #offer(Notification, Predicate)}, for an older value: it leaves when no change is left, as a snapshot does. */
    public void offerKnown(Notification notification, Predicate<Jid> audience) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offerKnown(notification, audience);
        }
    }

    /** As {@link #offerKnown(Notification, Predicate)}, to one session. */
    public void offerKnown(Notification notification, Jid session) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            boolean unused = subscriber.offerKnown(notification, session::equals);
        }
    }

    /** As {@link #offer(Notification, Predicate)}, to one session. */
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
        hostFlow.setRate(perSecond);
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
        return losses.coalesced.sum();
    }

    /**
     * How many non-cachable notifications were dropped, because more than {@value Backlog#MOST_NON_CACHABLE} of them were pending for
     * one subscriber; one for each subscriber and notification.
     */
    public long dropped() {
        return losses.dropped.sum();
    }

    /** How many times {@code delivery} has thrown an exception. Its notifications of then are not sent again. */
    public long failed() {
        return losses.failed.sum();
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
