// SPDX-License-Identifier: Apache-2.0
package tigase.server.xmppclient;

import java.io.IOException;
import tigase.server.Packet;
import tigase.stats.StatisticsList;
import tigase.xml.Element;
import tigase.xmpp.StreamError;
import tigase.xmpp.XMPPIOService;

@SuppressWarnings({"deprecation", "rawtypes"})
public interface XMPPIOProcessor {

    String getId();

    void getStatistics(StatisticsList list);

    Element[] supStreamFeatures(XMPPIOService service);

    boolean processIncoming(XMPPIOService service, Packet packet);

    boolean processOutgoing(XMPPIOService service, Packet packet);

    void packetsSent(XMPPIOService service) throws IOException;

    void processCommand(XMPPIOService service, Packet packet);

    boolean serviceStopped(XMPPIOService service, boolean streamClosed);

    void streamError(XMPPIOService service, StreamError streamError);
}
