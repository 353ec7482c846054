package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.protocol.Event;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** One outbox in simulated time, and what has left it when. */
final class OutboxBench {

    /** @param atMs of the clock */
    record Sent(Event event, long atMs) {}

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final Losses losses = new Losses();
    final List<Sent> sent = new ArrayList<>();
    final Outbox outbox;

    OutboxBench(Pace pace) {
        outbox = new Outbox(
                pace,
                clock,
                new Pacer(clock, scheduler),
                event -> sent.add(new Sent(event, clock.elapsedMs())),
                new SnapshotFlow(clock, () -> 0),
                losses);
    }

    /** Offers each as a change, and flushes after each. */
    void send(Event... events) {
        for (Event event : events) {
            outbox.offer(event);
            outbox.flush();
        }
    }

    void advance(long ms) {
        scheduler.advance(ms);
    }

    List<Event> events() {
        return sent.stream().map(Sent::event).toList();
    }
}
