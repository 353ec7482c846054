// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.OWNER;
import static org.devstate.core.testing.Stanzas.PUBSUB;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to requests, apart from publishing and subscribing. */
final class DeviceStateServiceRequestTest {

    private final ServiceFixture fixture = new ServiceFixture();

    static Stream<XmlElement> housekeeping() {
        return Stream.of(
                Stanzas.set("<create node='device_state'/>"),
                Stanzas.set(
                        "<create node='message_waiting'/><configure><x xmlns='jabber:x:data' type='submit'/></configure>"),
                owner("<configure node='device_state'><x xmlns='jabber:x:data' type='submit'/></configure>"),
                owner("<affiliations node='device_state'/>"),
                owner(
                        "<affiliations node='message_waiting'><affiliation jid='a@b' affiliation='owner'/></affiliations>"),
                Stanzas.unsubscribe("device_state", "alice@example.net"),
                Stanzas.unsubscribe("message_waiting", "alice@example.net"));
    }

    @ParameterizedTest
    @MethodSource("housekeeping")
    void asterisksRequestsOnAPermanentNodeAreAcknowledged(XmlElement request) {
        assertThat(fixture.ask(ALICE, request)).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.sender.all()).hasSize(1);
    }

    @Test
    void housekeepingRemovesNoEntries() {
        fixture.subscribeToAll(BOB);
        housekeeping().forEach(request -> fixture.handle(ALICE, request));
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
    }

    static Stream<XmlElement> requests() {
        return Stream.concat(
                housekeeping(),
                Stream.of(
                        Stanzas.publishState("PJSIP/100", EID_A, "INUSE"),
                        Stanzas.publish("device_state", ""),
                        Stanzas.publishNonCachable("PJSIP/100", EID_A, "INUSE"),
                        Stanzas.publishMailbox("100@default", EID_A, 1, 0),
                        Stanzas.subscribe("device_state", MALLORY.bare()),
                        Stanzas.subscribe("device_state", BOB.bare()),
                        Stanzas.iq("get", "<pubsub xmlns='" + PUBSUB + "'><items node='device_state'/></pubsub>"),
                        Stanzas.iq(
                                "get", "<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>"),
                        owner("<delete node='device_state'/>"),
                        owner("<purge node='device_state'/>")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anAccountThatIsNotAdmittedIsForbiddenEverything(XmlElement request) {
        fixture.publishState(ALICE, "PJSIP/101", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        XmlElement reply = fixture.ask(MALLORY, request);
        assertThat(reply.attribute("type")).isEqualTo("error");
        XmlElement echo = reply.children().get(0);
        assertThat(echo.name()).isIn("pubsub", "query");
        assertThat(
                        echo.children().isEmpty()
                                ? echo.attribute("node")
                                : echo.children().get(0).attribute("node"))
                .isIn("device_state", "message_waiting");
        XmlElement error = reply.children().get(1);
        assertThat(error.attributes()).containsEntry("code", "403").containsEntry("type", "auth");
        assertThat(error.children().get(0).name()).isEqualTo("forbidden");
        assertThat(fixture.sender.all()).hasSize(1);
        assertThat(fixture.service.status().counters().get(Counter.FORBIDDEN)).isOne();
        assertThat(fixture.service.status().entries()).isOne();
        assertThat(fixture.service.status().subscribers()).isOne();
    }

    @Test
    void unsupportedRequestsAreAnsweredSoThatAsteriskSurvives() {
        assertThat(fixture.ask(
                        ALICE,
                        Stanzas.iq(
                                "get", "<pubsub xmlns='" + PUBSUB + "'><subscriptions node='device_state'/></pubsub>")))
                .isEqualTo(
                        Xml.parse(
                                """
                        <iq xmlns='jabber:client' type='error' from='pubsub.example.net' to='alice@example.net/asterisk' id='x1'>
                          <pubsub xmlns='http://jabber.org/protocol/pubsub'><subscriptions node='device_state'/></pubsub>
                          <error code='501' type='cancel'>
                            <feature-not-implemented xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
                            <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>the nodes device_state and message_waiting do not support this</text>
                          </error>
                        </iq>"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='weather'><item id='x'/></publish></pubsub>",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='device_state2' jid='a@b'/></pubsub>",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'/>",
                "<query xmlns='http://jabber.org/protocol/disco#info'/>",
                "<ping xmlns='urn:xmpp:ping'/>",
            })
    void requestsForOtherNodesAreLeftToTheHostForAnySender(String content) {
        assertThat(fixture.handle(ALICE, Stanzas.iq("set", content))).isFalse();
        assertThat(fixture.handle(MALLORY, Stanzas.iq("set", content))).isFalse();
        assertThat(fixture.sender.all()).isEmpty();
    }

    @Test
    void otherStanzasAreLeftToTheHost() {
        assertThat(fixture.handle(ALICE, Xml.parse("<message xmlns='jabber:client' id='x1'/>")))
                .isFalse();
        assertThat(fixture.handle(
                        ALICE,
                        Stanzas.iq("error", "<pubsub xmlns='" + PUBSUB + "'><publish node='device_state'/></pubsub>")))
                .isFalse();
        assertThat(fixture.sender.all()).isEmpty();
    }

    @Test
    void newlyAdmittedAccountsCountFromTheNextRequest() {
        fixture.admit("mallory@*");
        assertThat(fixture.ask(MALLORY, Stanzas.publishState("PJSIP/100", EID_A, "INUSE")))
                .isEqualTo(Stanzas.result(SERVICE, MALLORY));
        assertThat(fixture.ask(ALICE, Stanzas.publishState("PJSIP/101", EID_A, "INUSE"))
                        .attribute("type"))
                .isEqualTo("error");
        fixture.admit();
        assertThat(fixture.ask(MALLORY, Stanzas.publishState("PJSIP/100", EID_A, "BUSY"))
                        .attribute("type"))
                .isEqualTo("error");
    }

    @Test
    void anAccountThatIsNoLongerAdmittedReceivesNothing() {
        fixture.subscribeToAll(ALICE, BOB);
        fixture.admit("bob@example.net", "carol@example.net");
        fixture.publishState(ServiceFixture.CAROL, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(ALICE)).isEmpty();
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
    }

    private static XmlElement owner(String content) {
        return Stanzas.iq("set", "<pubsub xmlns='%s'>%s</pubsub>".formatted(OWNER, content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"options", "subscriptions", "retract", "default", "affiliations"})
    void anErrorEchoesTheElementThatWasAskedWithItsNode(String action) {
        XmlElement reply = fixture.ask(
                ALICE,
                Stanzas.iq("get", "<pubsub xmlns='" + PUBSUB + "'><" + action + " node='message_waiting'/></pubsub>"));

        assertThat(reply.children().get(0))
                .isEqualTo(
                        Xml.parse("<pubsub xmlns='" + PUBSUB + "'><" + action + " node='message_waiting'/></pubsub>"));
        assertThat(Stanzas.codeOf(reply)).isEqualTo("501");
    }

    @Test
    void severalRequestsInOneStanzaAreRejected() {
        fixture.subscribeToAll(BOB);
        String publish = "<publish node='device_state'><item id='PJSIP/100'><state xmlns='http://asterisk.org' eid='"
                + EID_A + "' cachable='1'>INUSE</state></item></publish>";
        String subscribe = "<subscribe node='device_state' jid='" + ALICE.bare() + "'/>";
        for (String content : List.of(publish + subscribe, subscribe + publish, publish + publish)) {
            XmlElement reply = fixture.ask(ALICE, Stanzas.set(content));

            assertThat(Stanzas.codeOf(reply)).isEqualTo("400");
        }
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        fixture.publishState(BOB, "PJSIP/101", Stanzas.EID_B, "INUSE");
        assertThat(fixture.sender.messagesTo(ALICE)).isEmpty();
    }
}
