package org.devstate.tigase;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;
import tigase.server.Packet;
import tigase.xmpp.jid.JID;

/** Addresses and stanzas as Tigase has them, and as the core has them. Reading an address costs, so each is read once. Thread-safe. */
final class Packets {

    /** Those that our stanzas come from, which are few. */
    private final Map<String, JID> services = new ConcurrentHashMap<>();

    /**
     * Makes a packet of a stanza of ours. Where the connection of its receiver is known, it is for that, and passes by the session
     * manager, which has nothing to do for it but to find the connection, in several steps with a queue each.
     */
    Packet of(Jid to, XmlElement stanza) {
        String from = stanza.attributes().get("from");
        JID receiver = to.inHostForm(JID.class, jid -> JID.jidInstanceNS(jid.toString()));
        Packet packet = Packet.packetInstance(
                Elements.toTigase(stanza), services.computeIfAbsent(from, JID::jidInstanceNS), receiver);
        JID connection = ClientConnections.of(receiver);
        if (connection != null) {
            packet.setPacketTo(connection);
        }
        return packet;
    }

    /** The core's form of an address; {@code null} where it is none that the core knows what to do with. */
    static @Nullable Jid address(JID address) {
        Jid jid = Jid.parse(address.toString());
        if (jid != null) {
            jid.inHostForm(JID.class, same -> address);
        }
        return jid;
    }
}
