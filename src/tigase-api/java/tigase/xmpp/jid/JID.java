// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp.jid;

public final class JID {

    private JID() {
        throw new UnsupportedOperationException();
    }

    public static JID jidInstanceNS(String jid) {
        throw new UnsupportedOperationException();
    }

    public static JID jidInstanceNS(String localpart, String domain, String resource) {
        throw new UnsupportedOperationException();
    }

    public BareJID getBareJID() {
        throw new UnsupportedOperationException();
    }

    public String getDomain() {
        throw new UnsupportedOperationException();
    }

    public String getLocalpart() {
        throw new UnsupportedOperationException();
    }

    public String getResource() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
