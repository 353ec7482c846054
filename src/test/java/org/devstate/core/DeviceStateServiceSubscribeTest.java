// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries that a subscriber receives, from when to when. */
final class DeviceStateServiceSubscribeTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @Test
    void theReplyGoesFirstAndTheSnapshotFollows() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
        fixture.sender.clear();
        fixture.subscribe(BOB, "device_state");
        fixture.subscribe(BOB, "message_waiting");
        assertThat(fixture.sender.to(BOB))
                .containsExactly(
                        subscribed(BOB, "device_state"),
                        state(BOB, "PJSIP/100", EID_A, "INUSE"),
                        subscribed(BOB, "message_waiting"),
                        mailbox(BOB, "100@default", EID_A, 1, 0));
        assertThat(fixture.service.status().subscribers()).isOne();
    }

    @Test
    void aNewSubscriberReceivesEachLastValueOnceAndInPacedPortions() {
        List<XmlElement> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "RINGING");
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
            expected.add(state(CAROL, "PJSIP/" + i, EID_A, "INUSE"));
        }
        fixture.sender.clear();
        fixture.subscribe(CAROL, "device_state");
        assertThat(fixture.sender.messagesTo(CAROL)).isNotEmpty().hasSizeLessThan(1_000);
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(CAROL)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aNewerValueTakesThePlaceOfTheOneInTheSnapshot() {
        for (int i = 0; i < 1_000; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
        }
        fixture.subscribe(CAROL, "device_state");
        for (int i = 0; i < 1_000; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "NOT_INUSE");
        }
        fixture.scheduler.runAll();
        for (int i = 0; i < 1_000; i++) {
            String device = "PJSIP/" + i;
            List<XmlElement> heard = fixture.sender.messagesTo(CAROL).stream()
                    .filter(message -> item(message).attributes().containsValue(device))
                    .toList();
            assertThat(heard).endsWith(state(CAROL, device, EID_A, "NOT_INUSE"));
            assertThat(heard).doesNotHaveDuplicates();
        }
        assertThat(fixture.sender.messagesTo(CAROL)).hasSizeLessThan(2_000);
    }

    @Test
    void theSnapshotLeavesOutTheSessionsOwnEntries() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(BOB, "PJSIP/100", EID_B, "BUSY");
        fixture.sender.clear();
        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.sender.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/100", EID_B, "BUSY"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.net",
                "bob@example.net/asterisk",
                "alice@example.net.evil.org",
                "malice@example.net",
                "example.net",
                "",
                "/asterisk",
                "alice@example.net/another",
            })
    void aSessionCannotSubscribeAnother(String jid) {
        XmlElement reply = fixture.ask(ALICE, Stanzas.subscribe("device_state", jid));
        assertThat(reply.attribute("type")).isEqualTo("error");
        assertThat(reply.children().get(1).children())
                .extracting(XmlElement::name)
                .contains("bad-request", "invalid-jid");
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.net",
                "bob@example.net/asterisk",
                "alice@example.net.evil.org",
                "malice@example.net",
                "example.net",
                "",
                "/asterisk",
                "alice@example.net/another",
            })
    void aSessionCannotUnsubscribeAnotherNorItselfByAnothersName(String jid) {
        fixture.subscribeToAll(ALICE, BOB);
        XmlElement reply = fixture.ask(ALICE, Stanzas.unsubscribe("device_state", jid));
        assertThat(reply.children().get(1).children())
                .extracting(XmlElement::name)
                .contains("bad-request", "invalid-jid");
        assertThat(fixture.ask(ALICE, Stanzas.set("<unsubscribe node='device_state'/>"))
                        .attribute("type"))
                .isEqualTo("error");
        fixture.publishState(CAROL, "PJSIP/1", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(ALICE)).hasSize(1);
    }

    /** No session has a subscription to one, but another's name is another's name. */
    @Test
    void aSessionCannotUnsubscribeAnotherFromALeafNode() {
        ServiceFixture sole = new ServiceFixture(NodeOwnership.SOLE);
        sole.subscribeToAll(ALICE, BOB);
        assertThat(Stanzas.codeOf(sole.ask(ALICE, Stanzas.unsubscribe("PJSIP/1", BOB.bare()))))
                .isEqualTo("400");
        assertThat(Stanzas.codeOf(sole.ask(ALICE, Stanzas.set("<unsubscribe node='PJSIP/1'/>"))))
                .isEqualTo("400");
        assertThat(Stanzas.codeOf(sole.ask(ALICE, Stanzas.unsubscribe("PJSIP/1", ALICE.bare()))))
                .isEqualTo("result");
        assertThat(sole.service.status().subscribers()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.net", "ALICE@example.net", "alice@example.net/asterisk"})
    void aSessionUnsubscribesItselfByAnyOfItsNames(String jid) {
        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.ask(ALICE, Stanzas.unsubscribe("device_state", jid)).attribute("type"))
                .isEqualTo("result");
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @Test
    void aSubscribeMustNameAnAddressAndComeFromASession() {
        assertThat(fixture.ask(ALICE, Stanzas.set("<subscribe node='device_state'/>"))
                        .attribute("type"))
                .isEqualTo("error");
        Jid account = Jid.of("alice@example.net");
        assertThat(fixture.ask(account, Stanzas.subscribe("device_state", "alice@example.net"))
                        .attribute("type"))
                .isEqualTo("error");
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.net", "ALICE@example.net", "alice@example.net/asterisk"})
    void aSessionSubscribesItselfByAnyOfItsNames(String jid) {
        assertThat(fixture.ask(ALICE, Stanzas.subscribe("device_state", jid)).attribute("type"))
                .isEqualTo("result");
        assertThat(fixture.service.status().subscribers()).isOne();
    }

    @Test
    void aSessionThatUnsubscribesReceivesNothingMoreOfThatNode() {
        fixture.subscribeToAll(BOB);
        fixture.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
        assertThat(fixture.sender.to(BOB))
                .containsExactly(Stanzas.result(SERVICE, BOB), mailbox(BOB, "100@default", EID_A, 1, 0));
    }

    @Test
    void aSessionThatHasEndedReceivesNothing() {
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(BOB);
        fixture.service.sessionEnded(BOB);
        fixture.service.sessionEnded(CAROL);
        assertThat(fixture.service.status().subscribers()).isZero();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.to(BOB)).isEmpty();
    }

    @Test
    void resynchronizingSendsEverySubscriberASnapshot() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
        fixture.subscribeToAll(ALICE, BOB);
        fixture.subscribe(CAROL, "message_waiting");
        fixture.scheduler.runAll();
        fixture.sender.clear();
        fixture.service.resynchronize();
        assertThat(fixture.sender.to(ALICE)).isEmpty();
        assertThat(fixture.sender.to(BOB))
                .containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"), mailbox(BOB, "100@default", EID_A, 1, 0));
        assertThat(fixture.sender.to(CAROL)).containsExactly(mailbox(CAROL, "100@default", EID_A, 1, 0));
    }

    private static XmlElement item(XmlElement message) {
        return message.children().get(0).children().get(0).children().get(0);
    }

    private static XmlElement subscribed(Jid to, String node) {
        return Xml.parse(
                """
                <iq xmlns='jabber:client' type='result' from='%s' to='%s' id='x1'>
                  <pubsub xmlns='http://jabber.org/protocol/pubsub'>
                    <subscription node='%s' jid='%s' subscription='subscribed'/>
                  </pubsub>
                </iq>"""
                        .formatted(SERVICE, to, node, to.bare()));
    }
}
