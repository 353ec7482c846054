// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.protocol.NotificationWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.stats.DeliveryLatency;

/** Hands the notifications that leave an outbox to the host. Thread-safe. */
public record NotificationSender(
        AddressBook addresses, StanzaSender sender, Counters counters, DeliveryLatency latency, Clock clock)
        implements Subscriptions.Delivery {

    @Override
    public void deliver(Jid subscriber, List<Notification> notifications) {
        try {
            send(subscriber, addresses.of(subscriber), notifications);
            counters.count(Counter.SENT, notifications.size());
            observe(notifications);
        } catch (RuntimeException e) {
            // A failure of the host must not stop later notifications to this subscriber, or to others.
            counters.count(Counter.LOST, notifications.size());
        }
    }

    @Override
    public boolean isBehind(Jid subscriber) {
        return sender.isBehind(subscriber);
    }

    /** Notes how long ago these changed; one that did not just change has no such time. */
    private void observe(List<Notification> notifications) {
        long nowMs = clock.wallMs();
        for (int i = 0; i < notifications.size(); i++) {
            long changedAtMs = notifications.get(i).changedAtMs();
            if (changedAtMs > 0) {
                latency.record(nowMs - changedAtMs);
            }
        }
    }

    private void send(Jid subscriber, Jid service, List<Notification> notifications) {
        List<XmlElement> messages = new ArrayList<>(notifications.size());
        for (Notification notification : notifications) {
            messages.add(NotificationWriter.write(notification, subscriber, service));
        }
        sender.send(subscriber, messages);
    }
}
