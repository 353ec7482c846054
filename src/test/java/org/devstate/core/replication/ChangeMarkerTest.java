// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.ALICE;
import static org.devstate.core.replication.SampleItems.EID;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.entry;
import static org.devstate.core.replication.SampleItems.pending;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.replication.ReplicatedItem.RemovedEntry;
import org.devstate.core.sessions.Leases;
import org.devstate.core.state.FinalValue;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class ChangeMarkerTest {

    private final Removals removals = new Removals(new ManualClock());
    private final ChangeMarker marker = new ChangeMarker(removals);
    private final List<PendingItem> marked = new ArrayList<>();
    private final Entry entry = entry(PHONE, DeviceState.INUSE, ALICE, 5, 3);

    ChangeMarkerTest() {
        marker.addListener(marked::add);
    }

    @Test
    void aChangeHereIsMarkedAndItsRemovalForgotten() {
        removals.add(entry);
        marker.changed(entry, Notification.of(entry));
        assertThat(marked).containsExactly(pending(PHONE));
        assertThat(removals.of(PHONE)).isNull();
    }

    @Test
    void aChangeElsewhereIsNotMarkedAndItsRemovalForgotten() {
        removals.add(entry);
        marker.changedElsewhere(entry, Notification.of(entry));
        assertThat(marked).isEmpty();
        assertThat(removals.of(PHONE)).isNull();
    }

    @Test
    void aNonCachableValueIsMarkedWithItsTime() {
        Notification notification = Notification.nonCachable(PHONE, DeviceState.INUSE, ALICE, 9);
        marker.publishedNonCachable(notification);
        assertThat(marked).containsExactly(new PendingItem.OfNonCachable(notification, 9));
    }

    @Test
    void aNonCachableValueOfAnotherNodeIsNotMarked() {
        marker.publishedElsewhere(Notification.nonCachable(PHONE, DeviceState.INUSE, ALICE, 9));
        assertThat(marked).isEmpty();
    }

    @Test
    void aReassertedEntryIsMarked() {
        marker.reasserted(entry);
        assertThat(marked).containsExactly(pending(PHONE));
    }

    @Test
    void aRemovalHereIsMarkedWithTheEndOfTheDevice() {
        marker.removed(entry);
        Jid account = ALICE.account().jid();
        marker.ended(Notification.offline(PHONE, DeviceState.UNAVAILABLE, account));
        assertThat(marked).containsExactly(pending(PHONE));
        assertThat(removals.of(PHONE))
                .isEqualTo(new RemovedEntry(
                        PHONE, 1_000_000, Entry.BY_HAND, new FinalValue(DeviceState.UNAVAILABLE, account)));
        assertThat(marker.removedAtMs(PHONE)).isEqualTo(1_000_000);
    }

    @Test
    void theRemovalOfAnAwaitedDeviceIsNot() {
        marker.removed(Entry.awaited(PHONE, ALICE));
        assertThat(marked).isEmpty();
        assertThat(removals.of(PHONE)).isNull();
    }

    @Test
    void aRemovalElsewhereIsNotMarked() {
        marker.removedElsewhere(entry);
        assertThat(marked).isEmpty();
    }

    @Test
    void aNewDeviceIsMarkedByItsChangeOnly() {
        marker.deviceAdded(PHONE, ALICE.account());
        assertThat(marked).isEmpty();
    }

    @Test
    void aChangeIsLaterThanTheOneBefore() {
        assertThat(marker.timeOfChange(PHONE, 7, 9)).isEqualTo(9);
        assertThat(marker.timeOfChange(PHONE, 8, 9)).isEqualTo(9);
        assertThat(marker.timeOfChange(PHONE, 9, 9)).isEqualTo(10);
        assertThat(marker.timeOfChange(PHONE, 20, 9)).isEqualTo(21);
    }

    @Test
    void aNewEntryIsLaterThanTheRemovalOfTheOneBefore() {
        removals.addElsewhere(new RemovedEntry(PHONE, 20, 5, null));
        assertThat(marker.timeOfChange(PHONE, 0, 9)).isEqualTo(21);
        assertThat(marker.timeOfChange(PHONE, 0, 22)).isEqualTo(22);
        assertThat(marker.timeOfChange(PHONE, 10, 9)).as("it has an entry").isEqualTo(11);
    }

    @Test
    void aChangeOfALeaseIsMarked() {
        List<String> held = new ArrayList<>();
        Leases.LeaseListener leases = marker.andLeases((eid, session) -> held.add(eid + " " + session));
        leases.changed(EID);
        assertThat(marked).containsExactly(new PendingItem.OfLease(EID));
        assertThat(held).isEmpty();
        leases.heldBy(EID, ALICE);
        assertThat(held).containsExactly(EID + " " + ALICE);
        assertThat(marked).hasSize(1);
    }

    @Test
    void aRepeatedMailboxIsMarkedAndLaterThanBefore() {
        Entry repeated = marker.repeated(entry, 9);
        assertThat(marked).containsExactly(pending(PHONE));
        assertThat(repeated).isEqualTo(entry.changedAt(9));
        assertThat(marker.repeated(entry, 2).changedAtMs())
                .as("the clock was set back")
                .isEqualTo(4);
    }
}
