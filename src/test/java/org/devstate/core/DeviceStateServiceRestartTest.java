// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;
import org.devstate.core.store.Change;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** The state that outlives a restart of the service, and the state that does not. */
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
    void mailboxesAreDeliveredAfterARestartAsBefore() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishMailbox(ALICE, "1@default", EID_A, 2, 5);
        fixture.publishMailbox(ALICE, "2@default", EID_A, 0, 0);
        restart();
        fixture.subscribe(BOB, "message_waiting");

        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        mailbox(BOB, "1@default", EID_A, 2, 5), mailbox(BOB, "2@default", EID_A, 0, 0));
    }

    /** An earlier release accepted them; each start of an Asterisk 22 would end at the snapshot. */
    @Test
    void anInvalidMailboxIsRemovedInsteadOfRestored() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        store.write(List.of(
                persisted("@", EID_A),
                persisted("@default", EID_A),
                persisted("x@" + "y".repeat(72) + "\u00e9", EID_A)));
        ServiceFixture restarted = new ServiceFixture(change -> store.write(List.of(change)));
        RecordingOperatorLog log = new RecordingOperatorLog();
        restarted.service.setOperatorLog(log);
        restarted.service.restore(store.load());
        restarted.scheduler.runAll();
        restarted.subscribe(BOB, "message_waiting");

        assertThat(restarted.sender.messagesTo(BOB)).containsExactly(mailbox(BOB, "1@default", EID_A, 1, 0));
        assertThat(store.load().mailboxes()).extracting(kept -> kept.key().id()).containsExactly("1@default");
        assertThat(log.happened())
                .hasSize(3)
                .contains("pubsub.example.net: site default: alice@example.net: persisted mailbox of EID " + EID_A
                        + " was removed: @: has no mailbox name before its @");
    }

    /** No publish could ever replace them: the same names without the white space, and the EIDs, are others today or none. */
    @Test
    void anInvalidEntryIsRemovedInsteadOfRestored() {
        store.write(List.of(
                persisted("1@default ", EID_A),
                persisted("\u200b1@default", EID_A),
                persisted("1@default", "00:00:00:00:00:00"),
                persisted("1@default", "01:00:5e:00:00:01"),
                new Change.Device(
                        new ItemKey(NodeType.DEVICE_STATE, "Custom:n1 ", Objects.requireNonNull(Eid.parse(EID_A))),
                        ALICE.account())));
        restart();

        assertThat(store.load().mailboxes()).isEmpty();
        assertThat(store.load().devices()).isEmpty();
        assertThat(fixture.service.status().entries()).isZero();
        assertThat(fixture.service.status().awaited()).isZero();
    }

    private static Change persisted(String mailbox, String eid) {
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, mailbox, Objects.requireNonNull(Eid.parse(eid)));
        return new Change.Mailbox(key, new MailboxCounts(1, 0), ALICE.account(), 0);
    }

    @Test
    void thePublisherOfAMailboxReceivesItAfterARestartToo() {
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

        assertThat(fixture.service.status().entries()).isZero();
    }

    @Test
    void aMailboxThatIsRepeatedAfterTheRestartIsNoChange() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        restart();
        fixture.subscribeToAll(BOB);
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();

        fixture.publishMailbox(ALICE, "1@default", EID_A, 2, 0);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(mailbox(BOB, "1@default", EID_A, 2, 0));
    }

    @Test
    void deviceStatesAreNotPersisted() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        restart();

        assertThat(fixture.service.status().entries()).isZero();
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
    void restoredEntriesCountAgainstTheLimitsAndStayEvenOverThem() {
        fixture.publishMailbox(ALICE, "1@default", EID_A, 1, 0);
        fixture.publishMailbox(ALICE, "2@default", EID_B, 1, 0);
        restart();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1).withEidsPerAccount(1));

        assertThat(fixture.service.status().entries()).isEqualTo(2);
        assertThat(fixture.ask(ALICE, Stanzas.publishMailbox("3@default", EID_A, 1, 0))
                        .attribute("type"))
                .isEqualTo("error");
        assertThat(fixture.ask(ALICE, Stanzas.publishMailbox("2@default", EID_B, 2, 0))
                        .attribute("type"))
                .isEqualTo("result");
    }
}
