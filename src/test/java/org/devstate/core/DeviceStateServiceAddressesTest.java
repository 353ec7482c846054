// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that has more than one address. */
final class DeviceStateServiceAddressesTest {

    private static final Jid OTHER = Jid.of("pubsub.example.com");

    private final ServiceFixture fixture = new ServiceFixture();

    @BeforeEach
    void giveItAnother() {
        fixture.service.setFurtherAddresses(List.of(OTHER));
    }

    @Test
    void eachSessionIsNotifiedFromTheAddressThatItSubscribedAt() {
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.handle(CAROL, to(SERVICE, Stanzas.subscribe("device_state", CAROL.bare())));
        fixture.handle(ALICE, to(OTHER, Stanzas.publishState("PJSIP/1", EID_A, "INUSE")));

        assertThat(fixture.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(OTHER, BOB, "PJSIP/1", EID_A, "INUSE"));
        assertThat(fixture.messagesTo(CAROL))
                .containsExactly(Stanzas.stateMessage(SERVICE, CAROL, "PJSIP/1", EID_A, "INUSE"));
    }

    @Test
    void theSnapshotComesFromThatAddressToo() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));

        assertThat(fixture.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(OTHER, BOB, "PJSIP/1", EID_A, "INUSE"));
    }

    @Test
    void aRequestAtAnotherAddressDoesNotChangeTheSendingAddress() {
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.handle(BOB, to(SERVICE, Stanzas.items("device_state")));
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");

        assertThat(fixture.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(OTHER, BOB, "PJSIP/1", EID_A, "INUSE"));
    }

    @Test
    void aNewSubscriptionElsewhereChangesTheSendingAddress() {
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.handle(BOB, to(SERVICE, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");

        assertThat(fixture.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(SERVICE, BOB, "PJSIP/1", EID_A, "INUSE"));
    }

    @Test
    void aSuccessorOfAnEndedSessionIsNotifiedFromItsOwnAddress() {
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.service.sessionEnded(BOB);
        fixture.scheduler.runAll();
        fixture.subscribe(BOB, "device_state");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");

        assertThat(fixture.messagesTo(BOB)).containsExactly(ServiceFixture.state(BOB, "PJSIP/1", EID_A, "INUSE"));
    }

    @Test
    void theLateEndOfASessionChangesNothingForItsSuccessor() {
        fixture.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        long earlier = fixture.service.epoch(BOB);
        fixture.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        fixture.handle(BOB, to(OTHER, Stanzas.subscribe("device_state", BOB.bare())));
        fixture.service.sessionEnded(BOB, earlier);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");

        assertThat(fixture.messagesTo(BOB))
                .containsExactly(Stanzas.stateMessage(OTHER, BOB, "PJSIP/1", EID_A, "INUSE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub.example.com", "PubSub.Example.com"})
    void everyAnswerComesFromTheAddressThatWasAsked(String asked) {
        List<XmlElement> requests = List.of(
                Stanzas.publishState("PJSIP/1", EID_A, "INUSE"),
                Stanzas.publishState("PJSIP/1", EID_A, "NONSENSE"),
                Stanzas.subscribe("device_state", BOB.bare()),
                Stanzas.unsubscribe("device_state", BOB.bare()),
                Stanzas.items("device_state"),
                Stanzas.disco("info", "device_state"),
                Stanzas.owner("<delete node='device_state'/>"));

        assertThat(requests).allSatisfy(request -> assertThat(
                        fixture.ask(BOB, to(Jid.of(asked), request)).attribute("from"))
                .isEqualTo(OTHER.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pubsub.elsewhere.org", "pubsub.example.com/x", "a<b"})
    void requestsToOtherAddressesAreAnsweredFromTheMainOne(String asked) {
        XmlElement request = Xml.parse(Xml.write(Stanzas.items("device_state"))
                .replaceFirst("<iq ", "<iq to='" + asked.replace("<", "&lt;") + "' "));

        assertThat(fixture.ask(BOB, request).attribute("from")).isEqualTo(SERVICE.toString());
    }

    private static XmlElement to(Jid address, XmlElement stanza) {
        return Xml.parse(Xml.write(stanza).replaceFirst("<iq ", "<iq to='" + address + "' "));
    }
}
