package tigase.xmpp;

import java.util.Queue;
import tigase.net.IOService;
import tigase.server.Packet;

public class XMPPIOService<RefObject> extends IOService<RefObject> {

    public XMPPIOService() {
        throw new UnsupportedOperationException();
    }

    public Queue<Packet> getReceivedPackets() {
        throw new UnsupportedOperationException();
    }
}
