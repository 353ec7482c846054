// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tigase.server.Packet;
import tigase.server.xmppclient.C2SIOService;
import tigase.util.stringprep.TigaseStringprepException;
import tigase.xml.DomBuilderHandler;
import tigase.xml.Element;
import tigase.xml.SingletonFactory;
import tigase.xmpp.XMPPDomBuilderHandler;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/** Which requests are handled on the thread that has read them. */
final class DirectRequestsTest {

    private static final JID ADDRESS = JID.jidInstanceNS("pbx1@example.net/asterisk");
    private static final JID SERVICE = JID.jidInstanceNS("pubsub.example.net");
    private static final XmlElement ANSWER =
            XmlElement.element("iq", Namespaces.CLIENT).attribute("id", "1").build();
    private static final String PUBLISH =
            "<iq type='set' id='1' to='pubsub.example.net'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>";

    private final XMPPIOService<Object> connection = new C2SIOService<>();
    private final ConnectionGate gate = new ConnectionGate();
    private final List<String> handled = new ArrayList<>();
    private boolean handles = true;
    private final DirectRequests.Handler handler = (session, request) -> {
        handled.add(session + " " + DirectRequests.isReading(connection));
        return handles;
    };

    @BeforeEach
    void begin() {
        DirectRequests.open(handler);
        connection.setAuthorisedUserJid(ADDRESS);
        ClientConnections.add(ADDRESS, connection);
    }

    @AfterEach
    void end() {
        DirectRequests.close(handler);
        ClientConnections.remove(connection);
    }

    @Test
    void aRequestOfASessionIsHandledOnTheThreadThatReadsIt() {
        assertThat(isHandled(PUBLISH)).isTrue();
        assertThat(handled).containsExactly(ADDRESS + " true");
        assertThat(DirectRequests.isReading(connection)).isFalse();
    }

    /** Several requests that were read at once: their answers leave together, and none waits for another thread to write it. */
    @Test
    void theAnswersLeaveWhenAllThatWasReadIsHandled() {
        List<Packet> written = new ArrayList<>();
        XMPPIOService<Object> reading = new C2SIOService<>() {
            @Override
            public void processWaitingPackets() {
                written.addAll(getWaitingPackets());
                getWaitingPackets().clear();
            }

            @Override
            public boolean waitingToSend() {
                return false;
            }
        };
        Object reader = Objects.requireNonNull(reading.getSessionData().get(XMPPIOService.DOM_HANDLER));
        Queue<Element> parsed = ((XMPPDomBuilderHandler<?>) reader).getParsedElements();
        Packet next = packet(PUBLISH);
        for (String text : List.of("<iq id='1'/>", "<iq id='2'/>")) {
            ClientOutput.answer(reading, ANSWER, text, DirectRequestsTest::packetOf);
        }
        assertThat(written).hasSize(2);
        written.clear();

        DirectRequests.open((session, request) -> {
            ClientOutput.answer(reading, ANSWER, "<iq id='3'/>", DirectRequestsTest::packetOf);
            return true;
        });
        reading.setAuthorisedUserJid(ADDRESS);
        ClientConnections.remove(connection);
        ClientConnections.add(ADDRESS, reading);
        parsed.add(next.getElement());
        for (int i = 0; i < 2; i++) {
            assertThat(DirectRequests.handle(reading, next, gate)).isTrue();
            DirectRequests.handled(reading);
            assertThat(written).isEmpty();
        }
        parsed.clear();
        assertThat(DirectRequests.handle(reading, next, gate)).isTrue();
        DirectRequests.handled(reading);
        assertThat(written).hasSize(1);
        assertThat(written.get(0).getElement()).hasToString("<iq id='3'/>".repeat(3));
        ClientConnections.remove(reading);
    }

    @Test
    void aClientIsBehindWhenMoreWaitsForItsLineThanMay() {
        int[] unsent = {ClientOutput.MOST_WAITING - 1};
        XMPPIOService<Object> slow = new C2SIOService<>() {
            @Override
            public int waitingToSendSize() {
                return unsent[0];
            }
        };
        assertThat(ClientOutput.isBehind(slow)).isFalse();
        unsent[0]++;
        assertThat(ClientOutput.isBehind(slow)).isTrue();
    }

    private static Packet packetOf(Element element) {
        return Packet.packetInstance(element, SERVICE, ADDRESS);
    }

    @Test
    void aRequestThatNoServiceHandlesIsLeftToTigase() {
        handles = false;
        assertThat(isHandled(PUBLISH)).isFalse();
        assertThat(handled).hasSize(1);
        handles = true;
        assertThat(isHandled(PUBLISH)).as("it could overtake that").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iq type='result' id='1' to='pubsub.example.net'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='error' id='1' to='pubsub.example.net'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='set' id='1'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='set' id='1' to='pbx2@example.net'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='set' id='1' to='pubsub.example.net/a'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='set' id='1' to='pubsub.example.net'><command xmlns='http://jabber.org/protocol/commands'/></iq>",
                "<iq type='get' id='1' to='pubsub.example.net'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
                "<iq type='get' id='1' to='pubsub.example.net'/>",
                "<iq type='set' id='1' to='pubsub.example.net' from='pbx2@example.net/asterisk'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>",
                "<iq type='set' id='1' to='pubsub.example.net' from='pbx1@example.net'><pubsub xmlns='http://jabber.org/protocol/pubsub'/></iq>"
            })
    void otherStanzasAreLeftToTigase(String stanza) {
        assertThat(isHandled(stanza)).isFalse();
        assertThat(handled).isEmpty();
    }

    @Test
    void aSessionMayNameItselfAsTheSender() {
        assertThat(isHandled(PUBLISH.replace(" to=", " from='" + ADDRESS + "' to=")))
                .isTrue();
    }

    /** Otherwise its next request could overtake the first one, which is on its way through Tigase. */
    @Test
    void aConnectionWhoseFirstRequestWentThroughTigaseStaysWithIt() {
        ClientConnections.remove(connection);
        assertThat(isHandled(PUBLISH)).isFalse();
        ClientConnections.add(ADDRESS, connection);
        assertThat(isHandled(PUBLISH)).isFalse();
        assertThat(handled).isEmpty();
        assertThat(gate.hasBeenDirect()).isFalse();
    }

    @Test
    void aConnectionOfWhichTigaseHasGotARequestGivesItAllLaterOnes() {
        assertThat(isHandled(PUBLISH)).isTrue();
        assertThat(isHandled(PUBLISH.replace(" to=", " from='pbx1@example.net' to=")))
                .isFalse();
        assertThat(isHandled(PUBLISH)).isFalse();
        assertThat(handled).hasSize(1);
        assertThat(gate.hasBeenDirect()).as("there may be an answer").isTrue();
    }

    @Test
    void aConnectionWhoseSessionHasAnotherOneIsLeftToTigase() {
        XMPPIOService<Object> successor = new C2SIOService<>();
        successor.setAuthorisedUserJid(ADDRESS);
        ClientConnections.add(ADDRESS, successor);
        assertThat(isHandled(PUBLISH)).isFalse();
        ClientConnections.remove(successor);
    }

    @Test
    void withoutAServiceAllIsLeftToTigase() {
        DirectRequests.close((session, request) -> true);
        assertThat(isHandled(PUBLISH)).isTrue();
        DirectRequests.close(handler);
        assertThat(isHandled(PUBLISH)).isFalse();
        DirectRequests.open(handler);
        assertThat(isHandled(PUBLISH)).as("it could overtake that").isFalse();
    }

    private boolean isHandled(String stanza) {
        return DirectRequests.handle(connection, packet(stanza), gate);
    }

    private static Packet packet(String stanza) {
        DomBuilderHandler reader = new DomBuilderHandler();
        SingletonFactory.getParserInstance().parse(reader, stanza.toCharArray(), 0, stanza.length());
        try {
            return Packet.packetInstance(reader.getParsedElements().remove());
        } catch (TigaseStringprepException e) {
            throw new IllegalArgumentException(stanza, e);
        }
    }
}
