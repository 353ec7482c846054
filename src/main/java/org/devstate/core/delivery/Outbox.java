package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
        // What must not be kept must not be left out either: such an event takes nobody's place.
        pending.put(event.cachable() ? event.key() : event, event);
    }

    /** Forgets what is pending of {@code node}. */
    synchronized void forget(NodeType node) {
        pending.values().removeIf(event -> event.key().node() == node);
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
            batch.add(events.next());
            events.remove();
        }
        flushing = !batch.isEmpty();
        return batch;
    }
}
