// SPDX-License-Identifier: Apache-2.0
package tigase.xmpp;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import tigase.net.IOService;
import tigase.server.Packet;
import tigase.xmpp.jid.JID;

public class XMPPIOService<RefObject> extends IOService<RefObject> {

    public static final String DOM_HANDLER = "XMPPDomBuilderHandler";

    public ReentrantLock writeInProgress = new ReentrantLock();

    public XMPPIOService() {
        throw new UnsupportedOperationException();
    }

    public Optional<JID> getAuthorisedUserJid() {
        throw new UnsupportedOperationException();
    }

    public void setAuthorisedUserJid(JID authorisedUserJid) {
        throw new UnsupportedOperationException();
    }

    public void addPacketToSend(Packet packet) {
        throw new UnsupportedOperationException();
    }

    public Queue<Packet> getWaitingPackets() {
        throw new UnsupportedOperationException();
    }

    public Queue<Packet> getReceivedPackets() {
        throw new UnsupportedOperationException();
    }

    public void writeRawData(String data) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void processWaitingPackets() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void processSocketData() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int receivedPackets() {
        throw new UnsupportedOperationException();
    }
}
