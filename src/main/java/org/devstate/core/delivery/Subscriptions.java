package org.devstate.core.delivery;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/** Who has subscribed to what: sessions, not accounts. Thread-safe. */
public final class Subscriptions {

    private final Map<Jid, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final BiConsumer<Jid, Event> delivery;

    /**
     * @param scheduler paces what is sent at length
     * @param delivery is given each event for each of its receivers, with no lock held
     */
    public Subscriptions(Scheduler scheduler, BiConsumer<Jid, Event> delivery) {
        this.scheduler = scheduler;
        this.delivery = delivery;
    }

    /** Subscribes {@code session}: what is offered from now on reaches it. A second time, nothing changes. */
    public void add(Jid session, NodeType node) {
        subscribers.compute(session, (jid, known) -> {
            Subscriber subscriber = known != null
                    ? known
                    : new Subscriber(jid, new Outbox(scheduler, event -> delivery.accept(jid, event)));
            subscriber.add(node);
            return subscriber;
        });
    }

    /** Ends one subscription of {@code session}. Where there is none, nothing changes. */
    public void remove(Jid session, NodeType node) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.remove(node);
            dropIfDone(subscriber);
        }
    }

    /** Ends all subscriptions of {@code session}. */
    public void removeAll(Jid session) {
        for (NodeType node : NodeType.values()) {
            remove(session, node);
        }
    }

    /** Ends all subscriptions of the sessions that {@code admitted} does not hold for. */
    public void retain(Predicate<Jid> admitted) {
        for (Jid session : subscribers.keySet()) {
            if (!admitted.test(session)) {
                removeAll(session);
            }
        }
    }

    /** Puts {@code event} into the outbox of everybody who is to hear it; {@link #flush} then sends it. */
    public void offer(Event event) {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offer(event);
        }
    }

    /** Puts {@code event} into the outbox of {@code session} alone. */
    public void offerTo(Jid session, Event event) {
        Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.offer(event);
        }
    }

    /** Sends what {@link #offer} has left in all outboxes. Never called with a lock held. */
    public void flush() {
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.outbox.flush();
            dropIfDone(subscriber);
        }
    }

    /** Sends what is in the outbox of {@code session} alone. Never called with a lock held. */
    public void flush(Jid session) {
        @Nullable Subscriber subscriber = subscribers.get(session);
        if (subscriber != null) {
            subscriber.outbox.flush();
        }
    }

    /** How many sessions have at least one subscription. */
    public int size() {
        return (int) subscribers.values().stream()
                .filter(subscriber -> !subscriber.ended)
                .count();
    }

    /**
     * Drops who has ended all subscriptions, but not while something is still on its way out: were the session to subscribe
     * again it would get another outbox, and what that sends could be overtaken by what is older.
     */
    private void dropIfDone(Subscriber subscriber) {
        if (subscriber.ended) {
            subscribers.computeIfPresent(
                    subscriber.session, (jid, known) -> known.ended && known.outbox.isIdle() ? null : known);
        }
    }

    private static final class Subscriber {
        final Jid session;
        final Outbox outbox;
        private final Set<NodeType> nodes = EnumSet.noneOf(NodeType.class);

        /** Whether no subscription is left. */
        volatile boolean ended;

        Subscriber(Jid session, Outbox outbox) {
            this.session = session;
            this.outbox = outbox;
        }

        synchronized void add(NodeType node) {
            nodes.add(node);
            ended = false;
        }

        synchronized void remove(NodeType node) {
            nodes.remove(node);
            outbox.forget(node);
            ended = nodes.isEmpty();
        }

        synchronized void offer(Event event) {
            if (nodes.contains(event.key().node()) && !event.publisher().equals(session)) {
                outbox.offer(event);
            }
        }
    }
}
