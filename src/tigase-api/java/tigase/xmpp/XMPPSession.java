// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp;

public class XMPPSession {

    public XMPPSession(final String username) {
        throw new UnsupportedOperationException();
    }
}
