// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;

/** Writes notifications as messages. Stateless. */
public final class NotificationWriter {

    private NotificationWriter() {}

    /**
     * The message that brings a notification to a subscriber: one item, headline, from the service (XEP-0060, 7.1.2.1). All that it holds is
     * the same for all subscribers, and written once.
     */
    public static XmlElement write(Notification notification, Jid subscriber, Jid service) {
        return XmlElement.around(
                rendered(notification),
                "message",
                Namespaces.CLIENT,
                "type",
                "headline",
                "from",
                service.toString(),
                "to",
                subscriber.toString());
    }

    private static XmlElement rendered(Notification notification) {
        if (notification.rendered() instanceof XmlElement known) {
            return known;
        }
        XmlElement rendered = render(notification);
        notification.setRendered(rendered);
        return rendered;
    }

    private static XmlElement render(Notification notification) {
        XmlElement item =
                Item.of(notification.key(), notification.value(), notification.cachable(), Namespaces.PUBSUB_EVENT);
        XmlElement items = XmlElement.around(
                item,
                "items",
                Namespaces.PUBSUB_EVENT,
                "node",
                notification.key().node().nodeName());
        return XmlElement.around(items, "event", Namespaces.PUBSUB_EVENT);
    }
}
