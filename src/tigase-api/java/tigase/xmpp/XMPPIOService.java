package tigase.xmpp;

import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import tigase.net.IOService;
import tigase.server.Packet;

public class XMPPIOService<RefObject> extends IOService<RefObject> {

    public ReentrantLock writeInProgress = new ReentrantLock();

    public XMPPIOService() {
        throw new UnsupportedOperationException();
    }

    public Queue<Packet> getReceivedPackets() {
        throw new UnsupportedOperationException();
    }
}
