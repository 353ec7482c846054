// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.protocol.NotificationWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.devstate.tigase.gate.ClientConnections;
import org.devstate.tigase.gate.ClientOutput;
import org.devstate.tigase.stanzas.JidConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tigase.server.Packet;
import tigase.server.xmppclient.C2SIOService;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

final class PacketsTest {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final Jid PARIS = Jid.of("pbx1@example.net/asterisk");
    private static final Jid BERLIN = Jid.of("pbx2@example.net/asterisk");
    private static final JID CONNECTION = JID.jidInstanceNS("c2s@host/127.0.0.1_5222_127.0.0.1_40000");

    private final List<Packet> made = new ArrayList<>();
    private final Packets packets = new Packets(made::add);
    private int unsent;
    private XMPPIOService<Object> connection = connected(new C2SIOService<>() {
        @Override
        public JID getConnectionId() {
            return CONNECTION;
        }

        @Override
        public void processWaitingPackets() {
            made.addAll(getWaitingPackets());
            getWaitingPackets().clear();
        }

        @Override
        public boolean waitingToSend() {
            return false;
        }

        @Override
        public int waitingToSendSize() {
            return unsent;
        }
    });

    @AfterEach
    void end() {
        ClientConnections.remove(connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Custom:agent", "Custom:\u00e9\u20ac\ud83d\ude00-", "Custom:a&b"})
    void messagesShareAsManyPacketsAsTheyNeedAndKeepTheirOrder(String name) {
        List<XmlElement> messages = messages(name, 100);
        packets.send(BERLIN, messages);
        assertThat(made)
                .hasSizeBetween(2, 30)
                .allSatisfy(packet -> assertThat(bytes(packet)).isLessThanOrEqualTo(ClientOutput.MOST_BYTES))
                .allSatisfy(packet -> assertThat(packet.getPacketTo()).isEqualTo(CONNECTION));
        assertThat(made.subList(0, made.size() - 1))
                .allSatisfy(packet -> assertThat(bytes(packet)).isGreaterThan(ClientOutput.MOST_BYTES * 4 / 5));
        assertThat(read()).isEqualTo(messages);
    }

    @Test
    void toTheServerAPacketIsTheFirstOfItsMessages() {
        packets.send(BERLIN, messages("Custom:agent", 3));
        assertThat(made).hasSize(1);
        Packet packet = made.get(0);
        assertThat(packet.getElemName()).isEqualTo("message");
        assertThat(packet.getType()).hasToString("headline");
        assertThat(packet.getStanzaFrom()).hasToString(SERVICE.toString());
        assertThat(packet.getStanzaTo()).hasToString(BERLIN.toString());
        assertThat(packet.getElement().clone()).hasToString(packet.getElement().toString());
    }

    /** Tigase leaves them as in the stanza; a resource that is escaped once too often would be another address. */
    @Test
    void aResourceOfAnyCharactersIsWrittenAsItIs() {
        ClientConnections.remove(connection);
        JID session = JID.jidInstanceNS("pbx2@example.net/a&amp;b &lt;c&quot;&amp;lt;");
        connection.setAuthorisedUserJid(session);
        ClientConnections.add(session, connection);
        Jid receiver = Objects.requireNonNull(JidConverter.toCore(session));
        assertThat(receiver.resource()).isEqualTo("a&b <c\"&lt;");
        assertThat(JidConverter.toTigase(receiver)).isSameAs(session);
        assertThat(JidConverter.toTigase(Jid.of(receiver.toString()))).isEqualTo(session);

        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "Custom:agent", new Eid(0x5a));
        XmlElement message =
                NotificationWriter.write(new Notification(key, DeviceState.INUSE, PARIS, true), receiver, SERVICE);
        packets.send(receiver, List.of(message, message));
        assertThat(made).hasSize(1);
        assertThat(read()).hasSize(2).allSatisfy(read -> assertThat(read.attributes())
                .containsEntry("to", receiver.toString()));
        assertThat(made.get(0).getStanzaTo()).isEqualTo(session);
    }

    @Test
    void anAddressIsReadOnce() {
        JID berlin = JID.jidInstanceNS(BERLIN.toString());
        Jid session = Objects.requireNonNull(JidConverter.toCore(berlin));
        assertThat(session).isEqualTo(BERLIN);
        XmlElement message = messages("Custom:agent", 1).get(0);
        packets.send(session, message);
        packets.send(session, message);
        assertThat(made).hasSize(2);
        assertThat(made.get(0).getStanzaTo()).isSameAs(berlin);
        assertThat(made.get(0).getStanzaFrom())
                .isSameAs(made.get(1).getStanzaFrom())
                .hasToString(SERVICE.toString());
    }

    @Test
    void aSessionWhoseLineTakesNoMoreIsBehind() {
        assertThat(Packets.isBehind(BERLIN)).isFalse();
        unsent = 1_000;
        assertThat(Packets.isBehind(BERLIN)).isTrue();
        assertThat(Packets.isBehind(PARIS)).isFalse();
    }

    @Test
    void withoutAKnownConnectionEachMessageHasAPacket() {
        ClientConnections.remove(connection);
        packets.send(BERLIN, messages("Custom:agent", 3));
        assertEachByItself(null);
    }

    /** As one in frames is, of which each holds one stanza. */
    @Test
    void onAnotherKindOfConnectionEachMessageHasAPacket() {
        ClientConnections.remove(connection);
        connection = connected(new XMPPIOService<>() {
            @Override
            public JID getConnectionId() {
                return CONNECTION;
            }
        });
        packets.send(BERLIN, messages("Custom:agent", 3));
        assertEachByItself(CONNECTION);
    }

    private void assertEachByItself(@Nullable JID to) {
        assertThat(made).hasSize(3).allSatisfy(packet -> assertThat(packet.getPacketTo())
                .isEqualTo(to));
        assertThat(read()).isEqualTo(messages("Custom:agent", 3));
    }

    private static XMPPIOService<Object> connected(XMPPIOService<Object> service) {
        service.setAuthorisedUserJid(JID.jidInstanceNS(BERLIN.toString()));
        ClientConnections.add(JID.jidInstanceNS(BERLIN.toString()), service);
        return service;
    }

    private static List<XmlElement> messages(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ItemKey(NodeType.DEVICE_STATE, name + i, new Eid(0x5a)))
                .map(key -> NotificationWriter.write(
                        new Notification(key, DeviceState.INUSE, PARIS, true), BERLIN, SERVICE))
                .toList();
    }

    private static int bytes(Packet packet) {
        return packet.getElement().toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** The stanzas that a client reads in its stream. */
    private List<XmlElement> read() {
        StringBuilder stream = new StringBuilder("<stream xmlns='jabber:client'>");
        made.forEach(packet -> stream.append(packet.getElement()));
        return Xml.parse(stream.append("</stream>").toString()).children();
    }
}
