package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.devstate.core.spi.Scheduler;

/**
 * What one receiver is still to be told: in order, the last value of each key only, so that it is bounded by its keys
 * whatever happens. Thread-safe; events leave one after another, outside the lock.
 */
final class Outbox {

    /** Events that leave at one go: Asterisk has been seen to take that many at once without harm. */
    static final int BURST = 200;

    /** Milliseconds between two goes. */
    static final long PAUSE_MS = 20;

    private final Scheduler scheduler;
    private final Consumer<Event> receiver;

    private final Map<Object, Event> pending = new LinkedHashMap<>();

    /** How many pending events of a key must not be kept. */
    private final Map<ItemKey, Integer> passing = new HashMap<>();

    private boolean flushing;

    /**
     * @param scheduler runs what is left of a burst
     * @param receiver is given the events, one at a time
     */
    Outbox(Scheduler scheduler, Consumer<Event> receiver) {
        this.scheduler = scheduler;
        this.receiver = receiver;
    }

    /** Adds an event, in the place of an older one of its key. It leaves with the next {@link #flush}. */
    synchronized void offer(Event event) {
        if (!event.cachable()) {
            // What must not be kept must not be left out either: such an event takes nobody's place.
            passing.merge(event.key(), 1, Integer::sum);
            pending.put(event, event);
            return;
        }
        if (passing.containsKey(event.key())) {
            // The older event's place is before those, the newer one's behind them.
            pending.remove(event.key());
        }
        pending.put(event.key(), event);
    }

    /** Forgets what is pending of {@code node}. */
    synchronized void forget(NodeType node) {
        pending.values().removeIf(event -> event.key().node() == node);
        passing.keySet().removeIf(key -> key.node() == node);
    }

    /** Sends what is pending, unless somebody is at it already, who will then send this too. */
    void flush() {
        synchronized (this) {
            if (flushing) {
                return;
            }
            flushing = true;
        }
        sendBurst();
    }

    /** Whether nothing is pending, and nobody is sending or about to. */
    synchronized boolean isIdle() {
        return pending.isEmpty() && !flushing;
    }

    private void sendBurst() {
        int sent = 0;
        while (sent < BURST) {
            List<Event> batch = take(BURST - sent);
            if (batch.isEmpty()) {
                return;
            }
            batch.forEach(receiver);
            sent += batch.size();
        }
        scheduler.schedule(this::sendBurst, PAUSE_MS);
    }

    private synchronized List<Event> take(int most) {
        List<Event> batch = new ArrayList<>(Math.min(most, pending.size()));
        Iterator<Event> events = pending.values().iterator();
        while (events.hasNext() && batch.size() < most) {
            Event event = events.next();
            events.remove();
            batch.add(event);
            if (!event.cachable()) {
                passing.computeIfPresent(event.key(), (key, count) -> count == 1 ? null : count - 1);
            }
        }
        flushing = !batch.isEmpty();
        return batch;
    }
}
