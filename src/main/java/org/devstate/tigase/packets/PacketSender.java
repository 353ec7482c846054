package org.devstate.tigase.packets;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import tigase.server.Packet;

/** Hands the stanzas of the services to Tigase, as packets. Thread-safe. */
public final class PacketSender implements StanzaSender {

    private final Packets packets = new Packets();
    private final Consumer<Packet> tigase;
    private final IntSupplier waiting;

    /**
     * @param tigase takes packets
     * @param waiting how many packets are before it
     */
    public PacketSender(Consumer<Packet> tigase, IntSupplier waiting) {
        this.tigase = tigase;
        this.waiting = waiting;
    }

    @Override
    public void send(Jid to, XmlElement stanza) {
        tigase.accept(packets.of(to, stanza));
    }

    @Override
    public void send(Jid to, List<XmlElement> messages) {
        packets.of(to, messages, tigase);
    }

    @Override
    public int waiting() {
        return waiting.getAsInt();
    }
}
