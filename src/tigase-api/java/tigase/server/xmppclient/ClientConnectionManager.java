// SPDX-License-Identifier: Apache-2.0
package tigase.server.xmppclient;

import tigase.server.ConnectionManager;
import tigase.server.Packet;
import tigase.xmpp.XMPPIOService;

public class ClientConnectionManager extends ConnectionManager<XMPPIOService<Object>> {

    public ClientConnectionManager() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void processPacket(final Packet packet) {
        throw new UnsupportedOperationException();
    }
}
