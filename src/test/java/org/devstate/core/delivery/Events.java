// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;

/** Notifications to offer; tests distinguish them by identity. No two have the same value unless a test chooses it. */
final class Events {

    private static final Jid PUBLISHER = Jid.of("alice@example.net/asterisk");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Events() {}

    static Notification state(String device) {
        return new Notification(key(device), another(), PUBLISHER, true);
    }

    static Notification state(String device, DeviceState state) {
        return new Notification(key(device), state, PUBLISHER, true);
    }

    static Notification nonCachable(String device) {
        return new Notification(key(device), DeviceState.RINGING, PUBLISHER, false);
    }

    static Notification mailbox(String mailbox) {
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, mailbox, new Eid(1));
        return new Notification(key, another(), PUBLISHER, true);
    }

    /** A new value; the outbox does not look at it. */
    private static Value another() {
        int count = COUNT.incrementAndGet();
        return new MailboxCounts(count % MailboxCounts.MAX, count / MailboxCounts.MAX);
    }

    private static ItemKey key(String device) {
        return new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1));
    }
}
