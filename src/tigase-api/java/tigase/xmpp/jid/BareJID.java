// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp.jid;

public final class BareJID {

    private BareJID() {
        throw new UnsupportedOperationException();
    }
}
