// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.HostQueue;
import org.devstate.core.spi.StanzaSender;

/** Hands the stanzas of the services to Tigase, as packets. Thread-safe. */
public final class PacketSender implements StanzaSender {

    private final Packets packets;
    private final HostQueue queue;

    /**
     * @param tigase takes packets
     * @param queue the packets that Tigase has not sent yet
     */
    public PacketSender(PacketSink tigase, HostQueue queue) {
        this.packets = new Packets(tigase);
        this.queue = queue;
    }

    @Override
    public void send(Jid to, XmlElement stanza) {
        packets.send(to, stanza);
    }

    @Override
    public void send(Jid to, List<XmlElement> messages) {
        packets.send(to, messages);
    }

    @Override
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public boolean isBehind(Jid to) {
        return Packets.isBehind(to);
    }
}
