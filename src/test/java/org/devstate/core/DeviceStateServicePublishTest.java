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
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.core.validation.Verdict.Reason;
import org.junit.jupiter.api.Test;

/** A publish from its stanza to the notifications. */
final class DeviceStateServicePublishTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @Test
    void aChangeIsAcknowledgedAndSentToTheOthersByFullAddress() {
        fixture.subscribeToAll(ALICE, BOB, CAROL);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 1);
        assertThat(fixture.sender.to(ALICE))
                .containsExactly(Stanzas.result(SERVICE, ALICE), Stanzas.result(SERVICE, ALICE));
        for (Jid other : List.of(BOB, CAROL)) {
            assertThat(fixture.sender.to(other))
                    .containsExactly(
                            state(other, "PJSIP/100", EID_A, "INUSE"), mailbox(other, "100@default", EID_A, 2, 1));
        }
        assertThat(fixture.service.status().counters().get(Counter.CHANGES)).isEqualTo(2);
        assertThat(fixture.service.status().counters().get(Counter.SENT)).isEqualTo(4);
    }

    @Test
    void aDuplicateIsAcknowledgedAndNotSent() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(ALICE, BOB);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.all()).hasSize(1);
        assertThat(fixture.sender.to(ALICE)).containsExactly(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.service.status().counters().get(Counter.DUPLICATES)).isOne();
        assertThat(fixture.service.status().counters().get(Counter.CHANGES)).isOne();
    }

    @Test
    void theSameDeviceOfTwoServersIsDeliveredForBoth() {
        fixture.subscribeToAll(CAROL);
        fixture.publishState(ALICE, "Custom:lamp", EID_A, "INUSE");
        fixture.publishState(BOB, "Custom:lamp", EID_B, "INUSE");
        assertThat(fixture.sender.to(CAROL))
                .containsExactly(
                        state(CAROL, "Custom:lamp", EID_A, "INUSE"), state(CAROL, "Custom:lamp", EID_B, "INUSE"));
        assertThat(fixture.service.status().entries()).isEqualTo(2);
    }

    @Test
    void twoSessionsOfOneAccountNotifyEachOtherButNotThemselves() {
        Jid second = new Jid(ALICE.bare(), "second");
        fixture.subscribeToAll(ALICE, second);
        fixture.publishState(second, "PJSIP/100", EID_B, "RINGING");
        assertThat(fixture.sender.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/100", EID_B, "RINGING"));
        assertThat(fixture.sender.messagesTo(second)).isEmpty();
    }

    @Test
    void notificationsHaveTheCanonicalFormForAnyInput() {
        fixture.subscribeToAll(BOB);
        String prefix = "p".repeat(250);
        fixture.handle(
                ALICE,
                Stanzas.publish(
                        "device_state",
                        """
                <item id='PJSIP/100'>
                  <%1$s:state xmlns:%1$s='http://asterisk.org' eid='00:11:22:33:44:5A' evil='1'> INUSE </%1$s:state>
                </item>"""
                                .formatted(prefix)));
        assertThat(fixture.sender.to(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
    }

    @Test
    void aMalformedPublishIsRejectedCountedAndNotSent() {
        fixture.subscribeToAll(BOB);
        fixture.handle(ALICE, Stanzas.publish("device_state", "<item id='PJSIP/100'/>"));
        assertThat(fixture.sender.to(BOB)).isEmpty();
        assertThat(fixture.sender.to(ALICE)).hasSize(1);
        XmlElement reply = fixture.sender.to(ALICE).get(0);
        assertThat(reply.attributes())
                .containsEntry("type", "error")
                .containsEntry("id", "x1")
                .containsEntry("from", SERVICE.toString())
                .containsEntry("to", ALICE.toString());
        assertThat(reply.children().get(0))
                .isEqualTo(Xml.parse(
                        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub>"));
        XmlElement error = reply.children().get(1);
        assertThat(error.attributes()).containsEntry("code", "400").containsEntry("type", "modify");
        assertThat(error.children())
                .extracting(XmlElement::name)
                .containsExactlyInAnyOrder("bad-request", "text", "invalid-payload");
        assertThat(fixture.service.status().entries()).isZero();
        assertThat(fixture.service.status().counters().rejections(Reason.PAYLOAD))
                .isOne();
        assertThat(fixture.service.status().counters().get(Counter.CHANGES)).isZero();
    }

    @Test
    void nonCachableStatesAreDeliveredInOrderAndNotStored() {
        fixture.subscribeToAll(BOB);
        for (String state : List.of("RINGING", "INUSE", "INUSE", "NOT_INUSE")) {
            fixture.handle(ALICE, Stanzas.publishNonCachable("Local/1@x", EID_A, state));
        }
        assertThat(fixture.sender.to(BOB))
                .containsExactly(
                        Stanzas.nonCachableMessage(SERVICE, BOB, "Local/1@x", EID_A, "RINGING"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, "Local/1@x", EID_A, "INUSE"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, "Local/1@x", EID_A, "INUSE"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, "Local/1@x", EID_A, "NOT_INUSE"));
        assertThat(fixture.sender.to(ALICE)).hasSize(4).containsOnly(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.service.status().entries()).isZero();
        fixture.sender.clear();
        fixture.subscribe(CAROL, "device_state");
        assertThat(fixture.sender.messagesTo(CAROL)).isEmpty();
    }

    /** An Asterisk goes on aggregating the last cachable state that it received, whatever non-cachable ones follow. */
    @Test
    void aNonCachableStateEndsTheStoredOneForPresentAndLaterSubscribers() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/100", EID_A, "NOT_INUSE"));
        assertThat(fixture.messagesTo(BOB))
                .containsExactly(
                        Stanzas.nonCachableMessage(SERVICE, BOB, "PJSIP/100", EID_A, "NOT_INUSE"),
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));

        fixture.sender.clear();
        fixture.subscribe(CAROL, "device_state");
        assertThat(fixture.messagesTo(CAROL)).containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void theStoredStateEndsOnceAndTheNextCachableOneIsSent() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        for (String state : List.of("RINGING", "INUSE")) {
            fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/100", EID_A, state));
        }
        fixture.scheduler.runAll();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.messagesTo(BOB))
                .containsExactly(
                        Stanzas.nonCachableMessage(SERVICE, BOB, "PJSIP/100", EID_A, "RINGING"),
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, "PJSIP/100", EID_A, "INUSE"),
                        state(BOB, "PJSIP/100", EID_A, "INUSE"));
    }

    @Test
    void administratorsSeeTheLastNonCachableState() {
        fixture.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", EID_A, "RINGING"));
        fixture.clock.advance(5_000);
        fixture.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", EID_A, "INUSE"));
        Entries entries = fixture.service.administration().entries();

        assertThat(entries.nonCachable("DAHDI/1")).singleElement().satisfies(state -> {
            assertThat(state.value()).isEqualTo(DeviceState.INUSE);
            assertThat(state.publisher()).isEqualTo(ALICE);
            assertThat(state.atMs()).isEqualTo(fixture.clock.wallMs());
        });
        assertThat(entries.nonCachable("DAHDI/2")).isEmpty();
    }

    @Test
    void nonCachableStatesAreRememberedForABoundedNumberOfDevices() {
        for (int i = 0; i <= NonCachableStates.MOST; i++) {
            fixture.handle(ALICE, Stanzas.publishNonCachable("Local/" + i, EID_A, "RINGING"));
        }
        Entries entries = fixture.service.administration().entries();

        assertThat(entries.nonCachable("Local/0")).isEmpty();
        assertThat(entries.nonCachable("Local/1")).hasSize(1);
        assertThat(entries.nonCachable("Local/" + NonCachableStates.MOST)).hasSize(1);
    }

    @Test
    void aHostThatFailsOnceGetsTheRest() {
        List<XmlElement> offered = new ArrayList<>();
        DeviceStateService service = new DeviceStateService(
                SERVICE,
                NodeOwnership.SHARED,
                Policy.ofOneSite(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT),
                new Host(fixture.clock, fixture.scheduler, (to, stanza) -> {
                    if (stanza.name().equals("message")) {
                        offered.add(stanza);
                        if (offered.size() == 1) {
                            throw new IllegalStateException("the host has a bad moment");
                        }
                    }
                }));
        service.handle(BOB, Stanzas.subscribe("device_state", BOB.bare()));
        service.handle(ALICE, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"));
        service.handle(ALICE, Stanzas.publishState("PJSIP/101", EID_A, "INUSE"));
        assertThat(offered)
                .containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"), state(BOB, "PJSIP/101", EID_A, "INUSE"));
        assertThat(service.status().counters().get(Counter.LOST)).isOne();
        assertThat(service.status().counters().get(Counter.SENT)).isOne();
    }
}
