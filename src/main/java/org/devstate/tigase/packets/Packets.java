// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.tigase.gate.ClientConnections;
import org.devstate.tigase.gate.ClientOutput;
import org.devstate.tigase.stanzas.ElementConverter;
import org.devstate.tigase.stanzas.JidConverter;
import org.jspecify.annotations.Nullable;
import tigase.server.Packet;
import tigase.xml.Element;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/** Our stanzas as packets of Tigase's, on their way to their recipients. Thread-safe. */
final class Packets {

    /** Characters that a message seldom exceeds. */
    private static final int USUAL_LENGTH = 400;

    private static final StanzaWriter WRITER = new StanzaWriter(Namespaces.CLIENT);

    /** Those that our stanzas come from, which are few. */
    private final Map<String, JID> services = new ConcurrentHashMap<>();

    /** What takes packets for recipients without a known connection here, or with one that takes no text. */
    private final PacketSink tigase;

    /** @param tigase takes packets that are not written to a connection */
    Packets(PacketSink tigase) {
        this.tigase = tigase;
    }

    /**
     * Sends one of our stanzas. If the recipient's connection is known, the packet goes there directly. It bypasses the session manager,
     * which would only find the connection, in several steps with a queue each.
     */
    void send(Jid to, XmlElement stanza) {
        JID recipient = JidConverter.toTigase(to);
        XMPPIOService<?> connection = ClientConnections.of(recipient);
        if (connection != null && ClientConnections.takesText(connection)) {
            ClientOutput.answer(
                    connection,
                    stanza,
                    WRITER.write(stanza),
                    element -> packet(stanza, element, recipient, connection));
        } else {
            tigase.add(packet(stanza, ElementConverter.toTigase(stanza), recipient, connection));
        }
    }

    /** Sends {@code messages} to one recipient, in order. They share packets if its connection takes text as it is. */
    void send(Jid to, List<XmlElement> messages) {
        JID recipient = JidConverter.toTigase(to);
        XMPPIOService<?> connection = ClientConnections.of(recipient);
        if (connection != null && ClientConnections.takesText(connection)) {
            bundle(
                    messages,
                    (first, text) -> ClientOutput.write(
                            connection,
                            text,
                            () -> packet(first, ElementConverter.written(first, text), recipient, connection)));
        } else {
            messages.forEach(
                    message -> tigase.add(packet(message, ElementConverter.toTigase(message), recipient, connection)));
        }
    }

    /** Whether the line of {@code to} does not take what was sent before. */
    static boolean isBehind(Jid to) {
        XMPPIOService<?> connection = ClientConnections.of(JidConverter.toTigase(to));
        return connection != null && ClientOutput.isBehind(connection);
    }

    /** Takes messages that are written together. */
    private interface BundleSink {

        void add(XmlElement first, String text);
    }

    private static void bundle(List<XmlElement> messages, BundleSink output) {
        StringBuilder text = new StringBuilder(Math.min(ClientOutput.MOST_BYTES, USUAL_LENGTH * messages.size()));
        XmlElement first = messages.get(0);
        int bytes = 0;
        for (XmlElement message : messages) {
            int before = text.length();
            WRITER.write(message, text);
            int more = utf8Length(text, before);
            if (before > 0 && bytes + more > ClientOutput.MOST_BYTES) {
                output.add(first, text.substring(0, before));
                text.delete(0, before);
                first = message;
                bytes = 0;
            }
            bytes += more;
        }
        output.add(first, text.toString());
    }

    /** A surrogate counts for three, two of them being four in truth. */
    private static int utf8Length(CharSequence text, int from) {
        int length = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return length;
    }

    private Packet packet(XmlElement stanza, Element element, JID recipient, @Nullable XMPPIOService<?> connection) {
        String from = stanza.attributes().get("from");
        Packet packet = Packet.packetInstance(element, services.computeIfAbsent(from, JID::jidInstanceNS), recipient);
        if (connection != null) {
            packet.setPacketTo(connection.getConnectionId());
        }
        return packet;
    }
}
