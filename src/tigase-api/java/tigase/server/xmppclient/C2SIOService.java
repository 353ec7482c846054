// SPDX-License-Identifier: Apache-2.0
package tigase.server.xmppclient;

import tigase.xmpp.XMPPIOService;

public class C2SIOService<RefObject> extends XMPPIOService<RefObject> {

    public C2SIOService() {
        throw new UnsupportedOperationException();
    }

    public void waitForResponse() {
        throw new UnsupportedOperationException();
    }

    public boolean isWaitingForResponse() {
        throw new UnsupportedOperationException();
    }
}
