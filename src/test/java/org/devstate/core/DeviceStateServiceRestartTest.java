package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import org.devstate.core.limits.Limits;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** What outlives a restart of the service, and what does not. */
final class DeviceStateServiceRestartTest {

    private final MemoryStore store = new MemoryStore();
    private ServiceFixture fixture = start();

    private ServiceFixture start() {
        WriteBehind behind = new WriteBehind(store, new ManualScheduler(new ManualClock()), 1_000);
        ServiceFixture started = new ServiceFixture(change -> {
            behind.note(change);
            assertThat(behind.flush()).isTrue();
        });
        started.service.restore(store.load());
        return started;
    }

    private void restart() {
        fixture = start();
    }

    @Test
    void mailboxesAreToldAfterARestartAsTheyWereBefore() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishMailbox(ALICE, "1@default", EID_A, 2, 5);
        fixture.publishMailbox(ALICE, "2@default", EID_A, 0, 0);
        restart();
        fixture.subscribe(BOB, "message_waiting");

        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        mailbox(BOB, "1@default", EID_A, 2, 5), mailbox(BOB, "2@default", EID_A, 0, 0));
    }

    @Test
    void whoeverPublishedAMailboxBeforeTheRestartIsToldOfItToo() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        restart();
        fixture.subscribe(ALICE, "message_waiting");

        assertThat(fixture.sender.messagesTo(ALICE)).containsExactly(mailbox(ALICE, "1@default", EID_A, 1, 0));
    }

    @Test
    void aMailboxThatWasDeletedDoesNotComeBack() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishMailbox(ALICE, "2@default", EID_A, 0, 0);
        fixture.handle(
                ALICE,
                Stanzas.iq("set", "<pubsub xmlns='" + Stanzas.OWNER + "'><delete node='message_waiting'/></pubsub>"));
        restart();

        assertThat(fixture.service.entries()).isZero();
    }

    @Test
    void aMailboxThatIsRepeatedAfterTheRestartIsNoNews() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        restart();
        fixture.listen(BOB);
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();

        fixture.publishMailbox(ALICE, "1@default", EID_A, 2, 0);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(mailbox(BOB, "1@default", EID_A, 2, 0));
    }

    @Test
    void deviceStatesAreSoft() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        restart();

        assertThat(fixture.service.entries()).isZero();
    }

    @Test
    void anEidStillBelongsToTheAccountThatUsedItFirst() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        restart();

        assertThat(fixture.ask(BOB, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"))
                        .attribute("type"))
                .isEqualTo("error");
        assertThat(fixture.ask(ALICE, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"))
                        .attribute("type"))
                .isEqualTo("result");
    }

    @Test
    void whatIsRestoredCountsAgainstTheLimitsAndIsKeptEvenOverThem() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishMailbox(ALICE, "2@default", EID_B, 1, 0);
        restart();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1).withEidsPerAccount(1));

        assertThat(fixture.service.entries()).isEqualTo(2);
        assertThat(fixture.ask(ALICE, Stanzas.publishMailbox("3@default", EID_A, 1, 0))
                        .attribute("type"))
                .isEqualTo("error");
        assertThat(fixture.ask(ALICE, Stanzas.publishMailbox("2@default", EID_B, 2, 0))
                        .attribute("type"))
                .isEqualTo("result");
    }
}
