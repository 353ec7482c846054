package org.devstate.core.delivery;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;

/** Events to offer; tests tell them apart by identity. */
final class Events {

    private static final Jid PUBLISHER = Jid.of("alice@example.net/asterisk");

    private Events() {}

    static Event state(String device) {
        return new Event(key(device), DeviceState.INUSE, PUBLISHER, true);
    }

    static Event passing(String device) {
        return new Event(key(device), DeviceState.RINGING, PUBLISHER, false);
    }

    static Event mailbox(String mailbox) {
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, mailbox, new Eid(1));
        return new Event(key, new MailboxCounts(1, 0), PUBLISHER, true);
    }

    private static ItemKey key(String device) {
        return new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1));
    }
}
