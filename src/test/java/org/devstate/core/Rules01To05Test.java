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
import static org.devstate.core.testing.Stanzas.codeOf;
import static org.devstate.core.testing.Stanzas.result;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.validation.Verdict.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of the design, in their order: for each, the first mistake of a wrong implementation. */
final class Rules01To05Test {

    private static final String PHONE = "PJSIP/100";

    private final ServiceFixture fixture = new ServiceFixture();

    @Nested
    class Rule01_TheNodesAreAlwaysThere {

        @Test
        void housekeepingRequestsAreAcknowledgedAndChangeNothing() {
            fixture.publishState(BOB, PHONE, EID_B, "INUSE");
            fixture.subscribeToAll(CAROL);
            for (XmlElement request : List.of(
                    Stanzas.set("<create node='device_state'/>"),
                    Stanzas.owner("<configure node='message_waiting'/>"),
                    Stanzas.owner("<affiliations node='device_state'/>"),
                    Stanzas.owner("<delete node='device_state'/>"),
                    Stanzas.unsubscribe("message_waiting", ALICE.bare()))) {
                assertThat(fixture.ask(ALICE, request)).isEqualTo(result(SERVICE, ALICE));
            }
            assertThat(fixture.messagesTo(CAROL)).isEmpty();
            assertThat(fixture.service.status().entries()).isOne();
        }

        @Test
        void deleteWithdrawsTheServersOwnEntries() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishState(BOB, PHONE, EID_B, "INUSE");
            fixture.subscribeToAll(CAROL);
            fixture.handle(ALICE, Stanzas.owner("<delete node='device_state'/>"));
            assertThat(fixture.messagesTo(CAROL)).containsExactly(state(CAROL, PHONE, EID_A, "UNAVAILABLE"));
            assertThat(fixture.service.status().entries()).isOne();
        }
    }

    @Nested
    class Rule02_ValidateThenWriteAnew {

        @Test
        void anInvalidPublishIsRejectedCountedRecordedAndNotSent() {
            fixture.subscribeToAll(BOB);
            XmlElement answer = fixture.ask(ALICE, Stanzas.publishState(PHONE, EID_A, "DANCING"));
            assertThat(codeOf(answer)).isEqualTo("400");
            assertThat(answer.toString()).contains("bad-request", "invalid-payload", "the state must be one of");
            assertThat(fixture.service.status().counters().rejections(Reason.STATE))
                    .isOne();
            assertThat(fixture.service.administration().history().rejections())
                    .hasSize(1)
                    .allSatisfy(rejection -> assertThat(rejection.from()).isEqualTo(ALICE));
            assertThat(fixture.messagesTo(BOB)).isEmpty();
            assertThat(fixture.service.status().entries()).isZero();
        }

        @Test
        void notificationsHaveTheCanonicalForm() {
            fixture.subscribeToAll(BOB);
            fixture.handle(
                    ALICE,
                    Stanzas.publish(
                            "device_state",
                            "<item id='PJSIP/100' publisher='x'><p:state xmlns:p='http://asterisk.org' eid='%s' y='1'>\n INUSE </p:state></item>"
                                    .formatted(EID_A.toUpperCase(Locale.ROOT))));
            assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, PHONE, EID_A, "INUSE"));
        }
    }

    @Nested
    class Rule03_Identity {

        @Test
        void anEidBelongsToTheAccountThatUsedItFirst() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.subscribeToAll(CAROL);
            assertThat(codeOf(fixture.ask(BOB, Stanzas.publishState(PHONE, EID_A, "BUSY"))))
                    .isEqualTo("403");
            assertThat(fixture.service.administration().history().rejections()).hasSize(1);
            Jid second = new Jid(ALICE.bare(), "second");
            assertThat(fixture.ask(second, Stanzas.publishState(PHONE, EID_A, "BUSY")))
                    .isEqualTo(result(SERVICE, second));
            assertThat(fixture.messagesTo(CAROL)).containsExactly(state(CAROL, PHONE, EID_A, "BUSY"));
        }
    }

    @Nested
    class Rule04_LastValuePerKeyDuplicatesDie {

        @Test
        void repeatedStatesOfAReturningServerAreNotSent() {
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            fixture.publishState(BOB, PHONE, EID_B, "INUSE");
            fixture.subscribeToAll(CAROL);
            fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
            assertThat(fixture.ask(ALICE, Stanzas.publishState(PHONE, EID_A, "INUSE")))
                    .isEqualTo(result(SERVICE, ALICE));
            fixture.subscribe(ALICE, "device_state");
            assertThat(fixture.messagesTo(CAROL)).isEmpty();
            assertThat(fixture.service.status().entries()).isEqualTo(2);
        }
    }

    @Nested
    class Rule05_CoalescingPerSubscriber {

        @Test
        void theFirstChangeLeavesAtOnceAndTheLastAtTheEndOfTheWindow() {
            fixture.subscribeToAll(BOB);
            Stream.of("RINGING", "INUSE", "BUSY", "NOT_INUSE")
                    .forEach(state -> fixture.publishState(ALICE, PHONE, EID_A, state));
            assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, PHONE, EID_A, "RINGING"));
            fixture.scheduler.advance(99);
            assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
            fixture.scheduler.advance(1);
            assertThat(fixture.sender.messagesTo(BOB)).hasSize(2).endsWith(state(BOB, PHONE, EID_A, "NOT_INUSE"));
            assertThat(fixture.messagesTo(BOB)).hasSize(2);
        }

        @Test
        void deviceStatesLeaveBeforeMailboxes() {
            fixture.subscribeToAll(BOB);
            fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
            fixture.publishState(ALICE, PHONE, EID_A, "RINGING");
            fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 0);
            fixture.publishState(ALICE, PHONE, EID_A, "INUSE");
            assertThat(fixture.messagesTo(BOB))
                    .endsWith(state(BOB, PHONE, EID_A, "INUSE"), mailbox(BOB, "100@default", EID_A, 2, 0));
        }
    }
}
