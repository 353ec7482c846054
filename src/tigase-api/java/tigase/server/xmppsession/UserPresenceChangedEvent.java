// SPDX-License-Identifier: Apache-2.0
package tigase.server.xmppsession;

import tigase.eventbus.EventBusEvent;
import tigase.server.Packet;
import tigase.xmpp.XMPPSession;

public class UserPresenceChangedEvent implements EventBusEvent {

    public UserPresenceChangedEvent(XMPPSession session, Packet presence) {
        throw new UnsupportedOperationException();
    }

    public Packet getPresence() {
        throw new UnsupportedOperationException();
    }
}
