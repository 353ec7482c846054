// SPDX-License-Identifier: Apache-2.0
package tigase.sys;

import tigase.xmpp.jid.JID;

public abstract class TigaseRuntime {

    protected TigaseRuntime() {
        throw new UnsupportedOperationException();
    }

    public static TigaseRuntime getTigaseRuntime() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isJidOnlineLocally(JID jid);

    public void shutdownTigase(String[] msg) {
        throw new UnsupportedOperationException();
    }
}
