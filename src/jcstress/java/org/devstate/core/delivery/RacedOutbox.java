// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/**
 * One outbox, one key, and the values that the subscriber received. Values are numbered as they are offered, under a lock like that of
 * the table, so that the last one is known. The delivery locks nothing: the outbox ensures that one thread at a time is there.
 */
final class RacedOutbox {

    private static final ItemKey KEY = new ItemKey(NodeType.MESSAGE_WAITING, "m", new Eid(1));
    private static final String ACCOUNT = "alice@example.net";

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final Outbox outbox;
    private int published;
    private int received;
    private int inside;

    /** How often the delivery got an older value than before, or was called while it was still busy. */
    private int wrong;

    RacedOutbox(int windowMs) {
        HostFlow flow = new HostFlow(clock, () -> 0);
        Pacer pacer = new Pacer(clock, scheduler);
        outbox = new Outbox(
                new Pace(windowMs, 0),
                new DeliveryContext(clock, pacer, flow, new LossCounters()),
                event -> true,
                events -> events.forEach(this::receive));
    }

    /** Offers the next value, and flushes. */
    void publish() {
        synchronized (this) {
            published++;
            // The number is in the publisher's session, too: that can be read back.
            Jid publisher = new Jid(ACCOUNT, Integer.toString(published));
            outbox.offer(new Notification(KEY, new MailboxCounts(published, 0), publisher, true));
        }
        outbox.flush();
    }

    /** When all threads are done and time has gone by: how many values are missing at the end; 0 is right. */
    int missing() {
        scheduler.runAll();
        return published - received + (outbox.isIdle() ? 0 : 100);
    }

    int wrong() {
        return wrong;
    }

    private void receive(Notification event) {
        inside++;
        int number = Integer.parseInt(event.publisher().resource());
        if (inside != 1 || number <= received) {
            wrong++;
        }
        received = number;
        inside--;
    }
}
