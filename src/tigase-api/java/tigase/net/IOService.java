// SPDX-License-Identifier: Apache-2.0
package tigase.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentMap;
import tigase.io.SSLContextContainerIfc;
import tigase.xmpp.jid.JID;

public abstract class IOService<RefObject> {

    public IOService() {
        throw new UnsupportedOperationException();
    }

    public ConcurrentMap<String, Object> getSessionData() {
        throw new UnsupportedOperationException();
    }

    public JID getConnectionId() {
        throw new UnsupportedOperationException();
    }

    public void setSslContextContainer(SSLContextContainerIfc sslContextContainer) {
        throw new UnsupportedOperationException();
    }

    public SocketChannel getSocketChannel() {
        throw new UnsupportedOperationException();
    }

    public void forceStop() {
        throw new UnsupportedOperationException();
    }

    public String getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    public boolean isConnected() {
        throw new UnsupportedOperationException();
    }

    public String getUniqueId() {
        throw new UnsupportedOperationException();
    }

    public boolean waitingToSend() {
        throw new UnsupportedOperationException();
    }

    public int waitingToSendSize() {
        throw new UnsupportedOperationException();
    }

    public abstract void processWaitingPackets() throws IOException;

    protected abstract void processSocketData() throws IOException;

    protected abstract int receivedPackets();
}
