// SPDX-License-Identifier: Apache-2.0
package tigase.server;

import java.io.IOException;
import tigase.xmpp.XMPPIOService;

public abstract class ConnectionManager<IO extends XMPPIOService<?>> extends AbstractMessageReceiver {

    public ConnectionManager() {
        throw new UnsupportedOperationException();
    }

    public void packetsReady(IO serv) throws IOException {
        throw new UnsupportedOperationException();
    }
}
