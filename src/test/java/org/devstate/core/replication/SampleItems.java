// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;

/** Keys, entries and pending items for the tests of replication. */
final class SampleItems {

    static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    static final Jid BOB = Jid.of("bob@example.net/asterisk");
    static final Eid EID = new Eid(0x1122_3344_555aL);
    static final Eid OTHER_EID = new Eid(0x1122_3344_555bL);
    static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID);
    static final ItemKey MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", EID);

    private SampleItems() {}

    static ItemKey phone(int number) {
        return new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + number, EID);
    }

    static Entry entry(ItemKey key, Value value, Jid publisher, long epoch, long atMs) {
        return new Entry(new Publication(key, value, publisher, epoch, atMs), 0);
    }

    static PendingItem.OfKey pending(ItemKey key) {
        return new PendingItem.OfKey(key);
    }

    static PendingItem.OfNonCachable nonCachable(ItemKey key, long atMs) {
        return new PendingItem.OfNonCachable(Notification.nonCachable(key, DeviceState.INUSE, ALICE, atMs), atMs);
    }

    /** {@code count} keys, each of another device. */
    static List<PendingItem> pendingKeys(int count) {
        List<PendingItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(pending(phone(i)));
        }
        return items;
    }
}
