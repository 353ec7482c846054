// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** One outbox in simulated time, and the notifications that have left it, with their times. */
final class OutboxFixture {

    /** @param atMs of the clock */
    record Sent(Notification event, long atMs) {}

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final LossCounters losses = new LossCounters();
    final List<Sent> sent = new ArrayList<>();
    final HostFlow flow = new HostFlow(clock, () -> 0);
    final Outbox outbox;

    /** Called with each notification that leaves. */
    Consumer<Notification> onReceive = event -> {};

    OutboxFixture(Pace pace) {
        outbox = new Outbox(
                pace,
                new DeliveryContext(clock, new Pacer(clock, scheduler), flow, losses),
                event -> true,
                events -> events.forEach(this::receive));
    }

    private void receive(Notification event) {
        sent.add(new Sent(event, clock.elapsedMs()));
        onReceive.accept(event);
    }

    /** Offers each as a change, and flushes after each. */
    void send(Notification... events) {
        for (Notification event : events) {
            outbox.offer(event);
            outbox.flush();
        }
    }

    void advance(long ms) {
        scheduler.advance(ms);
    }

    List<Notification> events() {
        return sent.stream().map(Sent::event).toList();
    }
}
