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

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.CanonicalForm;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the design, continued from {@link Rules01To05Test}. */
final class Rules06To09Test {

    private static final String PHONE = "PJSIP/100";

    private final ServiceFixture fixture = new ServiceFixture();

    @Nested
    class Rule06_SnapshotThenChanges {

        @Test
        void theReplyLeavesFirstAndThenTheSnapshot() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            fixture.sender.clear();
            fixture.subscribe(BOB, "device_state");
            fixture.subscribe(BOB, "message_waiting");
            assertThat(fixture.sender.to(BOB)).extracting(XmlElement::name).startsWith("iq", "message");
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(state(BOB, PHONE, EID_A, "INUSE"), mailbox(BOB, "100@default", EID_A, 1, 0));
        }

        @Test
        void aNewerValueOvertakesTheSnapshot() {
            for (int i = 0; i < 500; i++) {
                fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "INUSE");
            }
            fixture.subscribe(BOB, "device_state");
            for (int i = 0; i < 500; i++) {
                fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "BUSY");
            }
            List<XmlElement> heard = fixture.messagesTo(BOB);
            for (int i = 0; i < 500; i++) {
                XmlElement last = state(BOB, "PJSIP/" + i, EID_A, "BUSY");
                assertThat(heard).contains(last);
                assertThat(heard.indexOf(state(BOB, "PJSIP/" + i, EID_A, "INUSE")))
                        .isLessThan(heard.indexOf(last));
            }
            assertThat(heard).hasSizeLessThan(1_000).doesNotHaveDuplicates();
        }
    }

    @Nested
    class Rule07_OneItemPerMessageToTheFullJid {

        @Test
        void eachOtherSubscriberIsNotifiedByItsFullAddress() {
            Jid second = new Jid(ALICE.bare(), "second");
            fixture.subscribeToAll(ALICE, second, BOB);
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishState(ALICE, "PJSIP/101", EID_A, "INUSE");
            assertThat(fixture.messagesTo(ALICE)).isEmpty();
            assertThat(fixture.messagesTo(second)).hasSize(2).contains(state(second, PHONE, EID_A, "INUSE"));
            assertThat(fixture.messagesTo(BOB)).hasSize(2).contains(state(BOB, "PJSIP/101", EID_A, "INUSE"));
            assertThat(fixture.sender.all()).allSatisfy(sent -> CanonicalForm.check(SERVICE, sent));
        }

        @Test
        void aWithdrawalIsSentAsAnItemToo() {
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            fixture.subscribeToAll(BOB);
            fixture.handle(ALICE, Stanzas.owner("<purge node='message_waiting'/>"));
            assertThat(fixture.messagesTo(BOB)).containsExactly(mailbox(BOB, "100@default", EID_A, 0, 0));
        }
    }

    @Nested
    class Rule08_NonCachable {

        @Test
        void aNonCachableStateIsDeliveredInOrderAndNeverStored() {
            fixture.subscribeToAll(BOB);
            for (String state : List.of("RINGING", "INUSE", "RINGING")) {
                XmlElement publish = Stanzas.publishNonCachable(PHONE, EID_A, state);
                assertThat(publish.toString()).contains("publish-options");
                fixture.handle(ALICE, publish);
            }
            assertThat(fixture.messagesTo(BOB))
                    .containsExactly(
                            Stanzas.nonCachableMessage(SERVICE, BOB, PHONE, EID_A, "RINGING"),
                            Stanzas.nonCachableMessage(SERVICE, BOB, PHONE, EID_A, "INUSE"),
                            Stanzas.nonCachableMessage(SERVICE, BOB, PHONE, EID_A, "RINGING"));
            fixture.subscribe(CAROL, "device_state");
            assertThat(fixture.messagesTo(CAROL)).isEmpty();
            assertThat(fixture.service.status().entries()).isZero();
        }
    }

    @Nested
    class Rule09_Leases {

        private static final long GRACE_MS = 30_000;

        @Test
        void devicesOfALostServerBecomeUnavailableAndItsMailboxesStay() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            fixture.subscribeToAll(ALICE, BOB);
            fixture.service.sessionEnded(ALICE);
            fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
            assertThat(fixture.sender.messagesTo(ALICE)).isEmpty();
            fixture.scheduler.advance(GRACE_MS - 1);
            assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
            fixture.scheduler.advance(1);
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, PHONE, EID_A, "UNAVAILABLE"));
        }

        @Test
        void aReturningServersRepeatedStatesAreNotSentAndTheOthersEndAtOnce() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishState(ALICE, "PJSIP/101", EID_A, "INUSE");
            fixture.subscribeToAll(BOB);
            fixture.service.sessionEnded(ALICE);
            fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
            fixture.subscribe(ALICE, "device_state");
            assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"));
            assertThat(fixture.messagesTo(BOB)).hasSize(1);
        }

        @Test
        void theOfflineStateMayBeAnotherOrNone() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishState(BOB, PHONE, EID_B, "INUSE");
            fixture.subscribeToAll(CAROL);
            fixture.setTerms(LeaseTerms.DEFAULT.withOfflineState("keep"));
            fixture.service.sessionEnded(ALICE);
            fixture.setTerms(LeaseTerms.DEFAULT.withOfflineState("UNKNOWN"));
            fixture.service.sessionEnded(BOB);
            assertThat(fixture.messagesTo(CAROL)).containsExactly(state(CAROL, PHONE, EID_B, "UNKNOWN"));
        }
    }
}
