// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.junit.jupiter.api.Test;

/** Device entries that come from another node of a cluster. */
final class StateTableMergeTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
    private static final FinalValue END = new FinalValue(DeviceState.UNAVAILABLE, BOB);

    private final List<String> removals = new ArrayList<>();
    private final Quota quota = new Quota(1);
    private final StateTable table = new StateTable(quota, new TableListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {
            removals.add("here " + last.key().id());
        }

        @Override
        public void removedElsewhere(Entry last) {
            removals.add("elsewhere " + last.key().id() + " " + last.value());
        }

        @Override
        public long timeOfChange(ItemKey key, long lastMs, long nowMs) {
            return Math.max(nowMs, lastMs + 1);
        }
    });
    private final List<Entry> changes = new ArrayList<>();
    private final MergeListener merge = new MergeListener() {
        @Override
        public void deviceChanged(Entry entry, boolean isNew) {
            changes.add(entry);
        }

        @Override
        public void mailboxChanged(Entry entry, List<Entry> before, List<Entry> now) {
            throw new AssertionError("no mailbox");
        }
    };

    @Test
    void anUnknownEntryIsAChangeUnderTheVersionHere() {
        merge(entry(PHONE, DeviceState.INUSE, ALICE, 7, 5).withVersion(40));
        Entry expected = entry(PHONE, DeviceState.INUSE, ALICE, 7, 5).withVersion(1);
        assertThat(table.get(PHONE)).isEqualTo(expected);
        assertThat(changes).containsExactly(expected);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.has(PHONE.eid())).isTrue();
    }

    @Test
    void anEntryThatIsNotTakenChangesNothing() {
        List<Entry> asked = new ArrayList<>();
        put(DeviceState.BUSY, ALICE, 1, 5);
        Entry known = Objects.requireNonNull(table.get(PHONE));
        table.merge(
                entry(PHONE, DeviceState.INUSE, BOB, 7, 6),
                entry -> {
                    asked.add(Objects.requireNonNull(entry));
                    return false;
                },
                merge);
        assertThat(asked).containsExactly(known);
        assertThat(table.get(PHONE)).isEqualTo(known);
        assertThat(changes).isEmpty();
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 1));
    }

    @Test
    void itIsAskedWithoutAnEntryWhetherAnUnknownOneIsTaken() {
        table.merge(entry(PHONE, DeviceState.INUSE, BOB, 7, 6), known -> known != null, merge);
        assertThat(table.get(PHONE)).isNull();
        assertThat(quota.total()).isZero();
    }

    @Test
    void anotherValueIsAChangeAndTheNextVersion() {
        put(DeviceState.BUSY, ALICE, 1, 5);
        ItemKey stored = Objects.requireNonNull(table.get(PHONE)).key();
        merge(entry(phone(PHONE.id()), DeviceState.INUSE, ALICE, 7, 6));
        Entry expected = entry(PHONE, DeviceState.INUSE, ALICE, 7, 6).withVersion(2);
        assertThat(changes).containsExactly(expected);
        assertThat(table.get(PHONE)).isEqualTo(expected);
        assertThat(Objects.requireNonNull(table.get(PHONE)).key())
                .as("no text is held twice")
                .isSameAs(stored);
    }

    @Test
    void theSameValueIsStoredWithItsTimeAndSessionButNoChange() {
        put(DeviceState.BUSY, ALICE, 1, 5);
        merge(entry(PHONE, DeviceState.BUSY, BOB, 7, 6));
        assertThat(changes).isEmpty();
        assertThat(table.get(PHONE))
                .isEqualTo(entry(PHONE, DeviceState.BUSY, BOB, 7, 6).withVersion(1));
    }

    @Test
    void theSameValueIsAChangeAfterANonCachableValue() {
        put(DeviceState.BUSY, ALICE, 1, 5);
        table.deliverNonCachable(PHONE, () -> {});
        merge(entry(PHONE, DeviceState.BUSY, ALICE, 7, 6));
        assertThat(changes)
                .containsExactly(entry(PHONE, DeviceState.BUSY, ALICE, 7, 6).withVersion(2));
        merge(entry(PHONE, DeviceState.BUSY, ALICE, 7, 7));
        assertThat(changes).as("once").hasSize(1);
    }

    @Test
    void aNonCachableValueOfAnUnknownDeviceIsDeliveredAndForgotten() {
        List<String> delivered = new ArrayList<>();
        table.deliverNonCachable(PHONE, () -> delivered.add("value"));
        assertThat(delivered).containsExactly("value");
        table.restore(entry(PHONE, DeviceState.BUSY, ALICE, 1, 5));
        merge(entry(PHONE, DeviceState.BUSY, ALICE, 7, 6));
        assertThat(changes).isEmpty();
    }

    @Test
    void anAwaitedDeviceIsReplacedByAChange() {
        table.restore(Entry.awaited(PHONE, ALICE.account().jid()));
        merge(entry(PHONE, DeviceState.UNKNOWN, ALICE, 7, 6));
        assertThat(changes)
                .containsExactly(entry(PHONE, DeviceState.UNKNOWN, ALICE, 7, 6).withVersion(1));
        assertThat(table.awaited()).isZero();
        assertThat(table.size()).isEqualTo(1);
        assertThat(quota.total()).isEqualTo(1);
    }

    @Test
    void anEntryCountsForItsAccountOverTheLimitOrNot() {
        merge(entry(PHONE, DeviceState.INUSE, ALICE, 7, 5));
        merge(entry(phone("PJSIP/101"), DeviceState.INUSE, ALICE, 7, 5));
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 2));
        merge(entry(PHONE, DeviceState.INUSE, ALICE, 7, 6));
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 2));
    }

    @Test
    void anEntryThatChangesItsAccountCountsForTheNewOne() {
        merge(entry(PHONE, DeviceState.INUSE, ALICE, 7, 5));
        merge(entry(PHONE, DeviceState.INUSE, BOB, 8, 6));
        assertThat(quota.byAccount()).containsExactly(Map.entry(BOB.account(), 1));
    }

    @Test
    void aReassertedEntryIsLaterByAMillisecond() {
        put(DeviceState.BUSY, ALICE, 1, 5);
        reassert(PHONE, 9);
        Entry expected = entry(PHONE, DeviceState.BUSY, ALICE, 1, 10).withVersion(1);
        assertThat(changes).containsExactly(expected);
        assertThat(table.get(PHONE)).isEqualTo(expected);
    }

    @Test
    void anEntryIsReassertedAgainstOneOfItsOwnTimeButNotOfAnEarlierOne() {
        put(DeviceState.BUSY, ALICE, 1, 5);
        reassert(PHONE, 4);
        assertThat(changes).isEmpty();
        reassert(PHONE, 5);
        assertThat(changes)
                .containsExactly(entry(PHONE, DeviceState.BUSY, ALICE, 1, 6).withVersion(1));
    }

    @Test
    void onlyAKnownValueIsReasserted() {
        reassert(PHONE, 9);
        table.restore(Entry.awaited(PHONE, ALICE));
        reassert(PHONE, 9);
        assertThat(changes).isEmpty();
        assertThat(Objects.requireNonNull(table.get(PHONE)).isAwaited()).isTrue();
    }

    @Test
    void anEntryThatIsRemovedElsewhereEndsWithAChange() {
        put(DeviceState.BUSY, ALICE, 3, 5);
        table.forgetElsewhere(PHONE, entry -> true, entry -> END, changes::add);
        assertThat(changes)
                .containsExactly(
                        entry(PHONE, DeviceState.UNAVAILABLE, BOB, 3, 6).withVersion(2));
        assertThat(removals).containsExactly("elsewhere PJSIP/100 BUSY");
        assertThat(table.get(PHONE)).isNull();
        assertThat(table.has(PHONE.eid())).isFalse();
        assertThat(quota.total()).isZero();
    }

    @Test
    void anEntryWithItsLastValueIsRemovedWithoutAChange() {
        put(DeviceState.UNAVAILABLE, ALICE, 3, 5);
        table.forgetElsewhere(PHONE, entry -> true, entry -> END, changes::add);
        assertThat(changes).isEmpty();
        assertThat(table.get(PHONE)).isNull();
    }

    @Test
    void anEntryThatSubscribersDoNotHaveEndsWithAChange() {
        put(DeviceState.UNAVAILABLE, ALICE, 3, 5);
        table.deliverNonCachable(PHONE, () -> {});
        table.forgetElsewhere(PHONE, entry -> true, entry -> END, changes::add);
        assertThat(changes).hasSize(1);
    }

    @Test
    void anAwaitedDeviceThatIsRemovedElsewhereEndsWithAChange() {
        table.restore(Entry.awaited(PHONE, ALICE));
        table.forgetElsewhere(PHONE, Entry::isAwaited, entry -> END, changes::add);
        assertThat(changes).hasSize(1);
        assertThat(table.awaited()).isZero();
    }

    @Test
    void anEntryThatDoesNotMatchIsNotRemoved() {
        put(DeviceState.BUSY, ALICE, 3, 5);
        table.forgetElsewhere(PHONE, entry -> entry.epoch() != 3, entry -> END, changes::add);
        table.forgetElsewhere(phone("PJSIP/101"), entry -> true, entry -> END, changes::add);
        assertThat(table.get(PHONE)).isNotNull();
        assertThat(removals).isEmpty();
        assertThat(changes).isEmpty();
        assertThat(quota.total()).isEqualTo(1);
    }

    private void put(DeviceState state, Jid publisher, long epoch, long atMs) {
        table.put(new Publication(PHONE, state, publisher, epoch, atMs), entry -> {});
    }

    private void merge(Entry replica) {
        table.merge(replica, known -> true, merge);
    }

    private void reassert(ItemKey key, long afterMs) {
        table.reassert(key, afterMs, changes::add);
    }

    private static Entry entry(ItemKey key, DeviceState state, Jid publisher, long epoch, long atMs) {
        return new Entry(new Publication(key, state, publisher, epoch, atMs), 0);
    }

    private static ItemKey phone(String id) {
        return new ItemKey(NodeType.DEVICE_STATE, id, PHONE.eid());
    }
}
