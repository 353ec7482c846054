// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import org.devstate.core.model.Jid;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** Rules 3 and 9: which account may publish for a server, and the end of its states without a lease. */
final class DeviceStateServiceLeaseTest {

    private static final long GRACE_MS = LeaseTerms.DEFAULT.graceMs();
    private static final Jid ALICE_AGAIN = Jid.of("alice@example.net/second");

    private final ServiceFixture fixture = new ServiceFixture();

    /** Asterisk's first requests after its login. */
    private void begin(Jid session) {
        fixture.handle(session, Stanzas.unsubscribe("device_state", session.bare()));
        fixture.handle(session, Stanzas.unsubscribe("message_waiting", session.bare()));
    }

    private void aliceHasTwoPhones() {
        begin(ALICE);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/101", EID_A, "NOT_INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 0);
        fixture.subscribe(ALICE, "device_state");
    }

    @Test
    void theStatesOfALostServerBecomeUnavailableAfterTheGracePeriod() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);

        fixture.scheduler.advance(GRACE_MS - 1);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();

        fixture.scheduler.advance(1);
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"));
        assertThat(fixture.service.status().counters().get(Counter.GONE)).isEqualTo(2);
    }

    @Test
    void mailboxesStayAfterTheGracePeriod() {
        aliceHasTwoPhones();
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        fixture.subscribe(BOB, "message_waiting");
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(mailbox(BOB, "100@default", EID_A, 2, 0));
    }

    @Test
    void aServerThatReturnsWithTheSameStatesCausesNoNotifications() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.advance(GRACE_MS / 2);
        aliceHasTwoPhones();
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aServerThatReturnsLateRestoresItsOwnStates() {
        aliceHasTwoPhones();
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        fixture.subscribeToAll(BOB);
        aliceHasTwoPhones();
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "INUSE"), state(BOB, "PJSIP/101", EID_A, "NOT_INUSE"));
    }

    @Test
    void statesThatAReturningServerDoesNotRepeatEndAtOnce() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        begin(ALICE);
        fixture.publishState(ALICE, "PJSIP/101", EID_A, "NOT_INUSE");
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aServerThatComesBackWithANewEidLeavesNothingOfTheOldOne() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        begin(ALICE);
        fixture.publishState(ALICE, "PJSIP/100", EID_B, "NOT_INUSE");
        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_B, "NOT_INUSE"),
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"),
                        state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aNewerSessionOfTheAccountTakesTheLeaseOver() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        begin(ALICE_AGAIN);
        fixture.publishState(ALICE_AGAIN, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(ALICE_AGAIN, "PJSIP/101", EID_A, "NOT_INUSE");
        fixture.subscribe(ALICE_AGAIN, "device_state");
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
    }

    @Test
    void theEndOfASessionDoesNotEndItsSuccessor() {
        aliceHasTwoPhones();
        long epoch = fixture.service.epoch(ALICE);
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE, epoch);
        fixture.scheduler.advance(GRACE_MS);
        fixture.publishState(BOB, "PJSIP/200", EID_B, "BUSY");
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        assertThat(fixture.sender.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/200", EID_B, "BUSY"));
    }

    @Test
    void aLatePublishOfAnEndedSessionEndsWithIt() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        fixture.publishState(ALICE, "PJSIP/102", EID_A, "BUSY");
        fixture.sender.clear();
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(3).contains(state(BOB, "PJSIP/102", EID_A, "UNAVAILABLE"));
        assertThat(fixture.sender.messagesTo(ALICE)).isEmpty();
    }

    /** Any client but Asterisk subscribes without having unsubscribed before. */
    @Test
    void aSessionThatReturnsWithinTheGraceAndOnlySubscribesIsSubscribed() {
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(BOB);
        fixture.subscribe(BOB, "device_state");
        fixture.sender.clear();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        assertThat(fixture.service.sessionRegistry().isSubscribed(BOB)).isTrue();
        assertThat(fixture.service.status().counters().get(Counter.SESSIONS_RETURNED))
                .isOne();
    }

    @Test
    void aSessionThatOnlySubscribesAgainRegainsItsLease() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        fixture.publishState(ALICE, "PJSIP/102", EID_A, "BUSY");
        fixture.subscribe(ALICE, "device_state");
        fixture.sender.clear();
        fixture.scheduler.advance(2 * GRACE_MS);

        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
    }

    /** The host learns that the session is not there, and ends it once more. */
    @Test
    void aLateSubscribeOfAnEndedSessionDelaysItsOfflineStateButDoesNotPreventIt() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        fixture.subscribe(ALICE, "device_state");
        fixture.scheduler.advance(GRACE_MS / 2);
        assertThat(fixture.service.sessions()).contains(ALICE);
        fixture.service.sessionEnded(ALICE);
        fixture.sender.clear();

        fixture.scheduler.advance(GRACE_MS - 1);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        fixture.scheduler.advance(1);
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"));
    }

    @Test
    void theHostCanListSessionsThatHaveNotEnded() {
        fixture.subscribeToAll(ALICE, BOB);
        assertThat(fixture.service.sessions()).containsExactlyInAnyOrder(ALICE, BOB);
        fixture.service.sessionEnded(ALICE);
        assertThat(fixture.service.sessions()).containsExactly(BOB);
    }

    @Test
    void aSessionThatEndsTwiceIsCountedOnce() {
        aliceHasTwoPhones();
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(ALICE);
        fixture.service.sessionEnded(ALICE);
        fixture.service.sessionEnded(CAROL);
        fixture.scheduler.advance(2 * GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(2);
    }

    @Test
    void anEidBelongsToTheAccountThatUsedItFirst() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);

        String reply = fixture.ask(CAROL, Stanzas.publishState("PJSIP/100", EID_A, "NOT_INUSE"))
                .toString();

        assertThat(reply).contains("forbidden", "code='403'");
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        assertThat(fixture.service.status().counters().get(Counter.FOREIGN_EID)).isOne();
        fixture.publishState(ALICE_AGAIN, "PJSIP/100", EID_A, "BUSY");
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "BUSY"));
    }
}
