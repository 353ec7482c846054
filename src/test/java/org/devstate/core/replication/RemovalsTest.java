// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.ALICE;
import static org.devstate.core.replication.SampleItems.BOB;
import static org.devstate.core.replication.SampleItems.MAILBOX;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.entry;
import static org.devstate.core.replication.SampleItems.phone;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.Notification;
import org.devstate.core.replication.ReplicatedItem.RemovedEntry;
import org.devstate.core.state.FinalValue;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class RemovalsTest {

    private static final FinalValue BUSY = new FinalValue(DeviceState.BUSY, BOB);

    private final ManualClock clock = new ManualClock();
    private final Removals removals = new Removals(clock);

    @Test
    void aKeyThatWasNotRemovedIsUnknown() {
        assertThat(removals.atMs(PHONE)).isZero();
        assertThat(removals.of(PHONE)).isNull();
        assertThat(keys()).isEmpty();
    }

    @Test
    void aRemovalOfAnAnsweredEntryIsOnPurposeAndHasTheTimeOfTheClock() {
        removals.add(entry(PHONE, DeviceState.INUSE, ALICE, 5, 3));
        assertThat(removals.atMs(PHONE)).isEqualTo(1_000_000);
        assertThat(removals.of(PHONE)).isEqualTo(new RemovedEntry(PHONE, 1_000_000, Entry.BY_HAND, null));
        assertThat(keys()).containsExactly(PHONE);
    }

    @Test
    void aRemovalIsAlwaysLaterThanItsEntry() {
        removals.add(entry(PHONE, DeviceState.INUSE, ALICE, 5, 1_000_000));
        assertThat(removals.atMs(PHONE)).isEqualTo(1_000_001);
    }

    @Test
    void theLastValueOfADeviceIsSentWithItsRemoval() {
        removals.add(entry(PHONE, DeviceState.INUSE, ALICE, 5, 3));
        removals.ended(Notification.offline(
                PHONE, DeviceState.UNAVAILABLE, ALICE.account().jid()));
        assertThat(removals.of(PHONE))
                .isEqualTo(new RemovedEntry(
                        PHONE,
                        1_000_000,
                        Entry.BY_HAND,
                        new FinalValue(DeviceState.UNAVAILABLE, ALICE.account().jid())));
    }

    /** So that it does not count against what the server publishes in a later session, at a node whose clock is behind. */
    @Test
    void theWithdrawalByASessionHasItsEpoch() {
        removals.add(entry(PHONE, DeviceState.INUSE, ALICE, 5, 3));
        removals.ended(Notification.offline(PHONE, DeviceState.UNAVAILABLE, ALICE));
        assertThat(removals.of(PHONE))
                .isEqualTo(new RemovedEntry(PHONE, 1_000_000, 5, new FinalValue(DeviceState.UNAVAILABLE, ALICE)));
    }

    @Test
    void theRemovalOfAMailboxNamesItsAccount() {
        removals.add(entry(MAILBOX, MailboxCounts.NONE, ALICE, 5, 3));
        removals.ended(Notification.offline(MAILBOX, MailboxCounts.NONE, BOB));
        assertThat(removals.of(MAILBOX))
                .isEqualTo(new RemovedEntry(
                        MAILBOX,
                        1_000_000,
                        Entry.BY_HAND,
                        new FinalValue(MailboxCounts.NONE, ALICE.account().jid())));
    }

    @Test
    void theEndOfADeviceThatWasRemovedElsewhereChangesNothing() {
        RemovedEntry removed = new RemovedEntry(PHONE, 7, 5, BUSY);
        removals.addElsewhere(removed);
        removals.ended(Notification.offline(PHONE, DeviceState.UNAVAILABLE, ALICE));
        assertThat(removals.of(PHONE)).isEqualTo(removed);
    }

    @Test
    void theEndOfADeviceThatWasNotRemovedIsNoRemoval() {
        removals.ended(Notification.offline(PHONE, DeviceState.UNAVAILABLE, ALICE));
        assertThat(removals.of(PHONE)).isNull();
    }

    @Test
    void theLaterRemovalElsewhereCounts() {
        removals.addElsewhere(new RemovedEntry(PHONE, 7, 5, BUSY));
        removals.addElsewhere(new RemovedEntry(PHONE, 7, 6, null));
        removals.addElsewhere(new RemovedEntry(PHONE, 6, 7, null));
        assertThat(removals.of(PHONE)).isEqualTo(new RemovedEntry(PHONE, 7, 5, BUSY));
        removals.addElsewhere(new RemovedEntry(PHONE, 8, 8, null));
        assertThat(removals.of(PHONE)).isEqualTo(new RemovedEntry(PHONE, 8, 8, null));
    }

    @Test
    void aKeyWithAnEntryAgainIsForgotten() {
        removals.add(entry(PHONE, DeviceState.INUSE, ALICE, 5, 3));
        removals.forget(PHONE);
        assertThat(removals.of(PHONE)).isNull();
        assertThat(keys()).isEmpty();
    }

    @Test
    void theHundredThousandKeysThatWereRemovedLastAreRemembered() {
        for (int i = 0; i < 100_000; i++) {
            removals.addElsewhere(new RemovedEntry(phone(i), 7, 5, null));
        }
        removals.addElsewhere(new RemovedEntry(phone(0), 8, 5, null)); // the last one, now
        assertThat(removals.atMs(phone(1))).isEqualTo(7);
        removals.addElsewhere(new RemovedEntry(phone(100_000), 7, 5, null));
        assertThat(removals.atMs(phone(1))).isZero();
        assertThat(removals.atMs(phone(0))).isEqualTo(8);
        assertThat(removals.atMs(phone(2))).isEqualTo(7);
        assertThat(keys()).hasSize(100_000);
    }

    private List<ItemKey> keys() {
        List<ItemKey> keys = new ArrayList<>();
        removals.forEach(keys::add);
        return keys;
    }
}
