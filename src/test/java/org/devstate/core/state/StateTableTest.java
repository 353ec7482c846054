// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.junit.jupiter.api.Test;

final class StateTableTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));

    private final List<ItemKey> forgotten = new ArrayList<>();
    private final StateTable table = new StateTable(new Quota(Integer.MAX_VALUE), new TableListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {
            forgotten.add(last.key());
        }
    });
    private final List<Entry> changes = new ArrayList<>();

    @Test
    void aNewKeyIsAChangeAndItsFirstVersion() {
        assertThat(table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 17), changes::add))
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(changes).containsExactly(new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 17), 1));
    }

    @Test
    void devicesOfOneNameAreFoundWhicheverEidPublishedThem() {
        ItemKey same = new ItemKey(NodeType.DEVICE_STATE, PHONE.id(), new Eid(2));
        ItemKey other = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/101", new Eid(2));
        for (ItemKey key : List.of(PHONE, same, other)) {
            table.put(new Publication(key, DeviceState.INUSE, ALICE, 1, 1), changes::add);
            table.put(new Publication(key, DeviceState.BUSY, ALICE, 1, 2), changes::add);
        }
        table.restore(Entry.awaited(new ItemKey(NodeType.DEVICE_STATE, PHONE.id(), new Eid(3)), BOB));
        assertThat(table.devicesOf(PHONE.id()))
                .extracting(entry -> entry.key().eid())
                .containsExactlyInAnyOrder(new Eid(1), new Eid(2), new Eid(3));
        assertThat(table.has(new Eid(1))).isTrue();
        table.forgetQuietly(entry -> entry.key().equals(PHONE) || entry.isAwaited());
        assertThat(table.devicesOf(PHONE.id())).extracting(Entry::key).containsExactly(same);
        assertThat(table.has(new Eid(1))).isFalse();
        assertThat(table.has(new Eid(2))).isTrue();
    }

    @Test
    void everyChangeIsAVersionOfItsOwn() {
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 2), changes::add);
        table.put(new Publication(PHONE, DeviceState.INUSE, BOB, 1, 3), changes::add);
        assertThat(changes)
                .containsExactly(
                        new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), 1),
                        new Entry(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 2), 2),
                        new Entry(new Publication(PHONE, DeviceState.INUSE, BOB, 1, 3), 3));
        assertThat(entries(NodeType.DEVICE_STATE)).containsExactly(changes.get(2));
    }

    @Test
    void aRepetitionChangesNothing() {
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        assertThat(table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
        assertThat(changes).hasSize(1);
        assertThat(entries(NodeType.DEVICE_STATE)).isEqualTo(changes);
    }

    @Test
    void theLastSessionToRepeatAnEntryHasItsLease() {
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        assertThat(table.put(new Publication(PHONE, DeviceState.INUSE, BOB, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
        assertThat(changes).hasSize(1);
        assertThat(entries(NodeType.DEVICE_STATE))
                .containsExactly(new Entry(new Publication(PHONE, DeviceState.INUSE, BOB, 1, 1), 1));
    }

    @Test
    void aRepetitionInANewSessionMovesTheLease() {
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 2, 2), changes::add);
        assertThat(changes).hasSize(1);
        assertThat(table.get(PHONE)).isEqualTo(new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, 2, 1), 1));
    }

    @Test
    void anEntryCountsForItsLastPublisher() {
        Quota quota = new Quota(2);
        StateTable counted = new StateTable(quota);
        counted.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        counted.put(new Publication(PHONE, DeviceState.BUSY, BOB, 1, 2), changes::add);
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("bob@example.net"), 1));
        counted.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 3), changes::add); // a repetition
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("alice@example.net"), 1));
        counted.put(new Publication(PHONE, DeviceState.INUSE, Jid.of("alice@example.net/other"), 1, 4), changes::add);
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("alice@example.net"), 1));
    }

    @Test
    void aFullAccountDoesNotTakeOverAnEntry() {
        Quota quota = new Quota(1);
        StateTable counted = new StateTable(quota);
        counted.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        counted.put(
                new Publication(
                        new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", new Eid(1)), DeviceState.INUSE, BOB, 1, 1),
                e -> {});
        assertThat(counted.put(new Publication(PHONE, DeviceState.BUSY, BOB, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.FULL);
        assertThat(counted.put(new Publication(PHONE, DeviceState.INUSE, BOB, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.FULL);
        assertThat(counted.get(PHONE)).isEqualTo(changes.get(0));
        assertThat(changes).hasSize(1);
        assertThat(quota.byAccount())
                .containsOnly(
                        Map.entry(Account.of("alice@example.net"), 1), Map.entry(Account.of("bob@example.net"), 1));
    }

    @Test
    void twoServersNeverOverwriteEachOther() {
        ItemKey other = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(2));
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), changes::add);
        assertThat(table.put(new Publication(other, DeviceState.INUSE, BOB, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(table.size()).isEqualTo(2);
        assertThat(entries(NodeType.DEVICE_STATE)).containsExactlyInAnyOrderElementsOf(changes);
    }

    @Test
    void aWalkSeesOneNodeOnlyAndAllOfIt() {
        ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, "PJSIP/100", new Eid(1));
        table.put(new Publication(mailbox, new MailboxCounts(1, 2), ALICE, 1, 1), changes::add);
        assertThat(entries(NodeType.MESSAGE_WAITING)).isEqualTo(changes);
        assertThat(entries(NodeType.DEVICE_STATE)).isEmpty();

        List<Entry> states = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1));
            table.put(new Publication(key, DeviceState.RINGING, ALICE, 1, 1), states::add);
        }
        assertThat(entries(NodeType.DEVICE_STATE)).containsExactlyInAnyOrderElementsOf(states);
        assertThat(table.size()).isEqualTo(1_001);
    }

    @Test
    void aNonCachableValueIsNotStored() {
        endByNonCachable(PHONE);
        assertThat(changes).isEmpty();
        assertThat(table.size()).isZero();
    }

    /** Otherwise a later subscriber would receive a state that is over. */
    @Test
    void aNonCachableValueEndsTheStoredOne() {
        List<String> order = new ArrayList<>();
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), entry -> {});
        table.endByNonCachable(PHONE, DeviceState.UNAVAILABLE, 2, () -> order.add("passes"), entry -> {
            order.add("ends");
            changes.add(entry);
        });

        Entry ended = new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 2), 2);
        assertThat(order).containsExactly("passes", "ends");
        assertThat(changes).containsExactly(ended);
        assertThat(table.get(PHONE)).isEqualTo(ended);
        assertThat(table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 3), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
    }

    @Test
    void afterANonCachableValueARepetitionIsAChange() {
        table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 1), changes::add);
        endByNonCachable(PHONE);
        assertThat(table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 3), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
        assertThat(changes)
                .containsExactly(
                        new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 1), 1),
                        new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 2), 2));
    }

    @Test
    void aChangeReplacesAnEndedEntry() {
        table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 1), changes::add);
        endByNonCachable(PHONE);
        assertThat(table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 2), changes::add))
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 3), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
    }

    @Test
    void anAwaitedEntryHasNoValueUntilItIsPublishedAgain() {
        table.restore(Entry.awaited(PHONE, ALICE));
        assertThat(table.size()).isZero();
        assertThat(table.awaited()).isOne();
        assertThat(entries(NodeType.DEVICE_STATE)).isEmpty();
        StateTable.DeviceWalk walk = table.walk();
        List<Entry> walked = new ArrayList<>();
        while (walk.next(walked::add)) {
            assertThat(walked).isEmpty();
        }

        assertThat(table.put(new Publication(PHONE, DeviceState.UNKNOWN, ALICE, 1, 1), changes::add))
                .as("whatever it is then")
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(table.size()).isOne();
        assertThat(table.awaited()).isZero();
    }

    @Test
    void anAwaitedEntryEndsInEveryWay() {
        for (String name : List.of("replaced", "forgotten", "passed", "dropped")) {
            table.restore(Entry.awaited(device(name), ALICE));
        }
        table.replaceIf(entry -> entry.key().equals(device("replaced")), DeviceState.UNKNOWN, 2, changes::add);
        table.forget(
                entry -> entry.key().equals(device("forgotten")),
                entry -> new FinalValue(DeviceState.UNKNOWN, ALICE),
                2,
                changes::add);
        table.endByNonCachable(device("passed"), DeviceState.UNKNOWN, 2, () -> {}, changes::add);
        assertThat(changes)
                .extracting(Entry::key)
                .containsExactly(device("replaced"), device("forgotten"), device("passed"));
        assertThat(changes).allMatch(entry -> entry.value().equals(DeviceState.UNKNOWN));

        assertThat(table.dropAwaited(entry -> entry.publisher().equals(BOB))).isZero();
        assertThat(table.dropAwaited(entry -> true)).isOne();
        assertThat(forgotten).containsExactly(device("forgotten"), device("dropped"));
        assertThat(table.awaited()).isZero();
        assertThat(table.size()).isEqualTo(2);
    }

    private void endByNonCachable(ItemKey key) {
        table.endByNonCachable(key, DeviceState.UNAVAILABLE, 1, () -> {}, changes::add);
    }

    private static ItemKey device(String name) {
        return new ItemKey(NodeType.DEVICE_STATE, name, new Eid(1));
    }

    @Test
    void aRemovedEntryHasALastValueIfAnotherOneWasSent() {
        ItemKey gone = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/101", new Eid(1));
        ItemKey others = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(2));
        ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", new Eid(1));
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), entry -> {});
        table.put(new Publication(gone, DeviceState.UNAVAILABLE, ALICE, 1, 1), entry -> {});
        table.put(new Publication(others, DeviceState.INUSE, BOB, 1, 1), entry -> {});
        table.put(new Publication(mailbox, new MailboxCounts(1, 0), ALICE, 1, 1), entry -> {});

        table.forget(
                entry -> entry.publisher().equals(ALICE),
                entry -> new FinalValue(DeviceState.UNAVAILABLE, ALICE),
                2,
                changes::add);

        assertThat(forgotten).containsExactlyInAnyOrder(PHONE, gone);
        assertThat(changes).containsExactly(new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 2), 2));
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.get(others)).isNotNull();
        assertThat(table.get(PHONE)).isNull();
    }

    @Test
    void forgettingOneDeviceLooksAtNoOther() {
        for (int i = 0; i < 1_000; i++) {
            table.put(new Publication(device("PJSIP/" + i), DeviceState.INUSE, ALICE, 1, 1), entry -> {});
        }
        List<ItemKey> visited = new ArrayList<>();

        table.forgetQuietly(device("PJSIP/7"), entry -> visited.add(entry.key()));
        table.forgetQuietly(device("PJSIP/8"), entry -> !visited.add(entry.key()));
        table.forgetQuietly(device("PJSIP/none"), entry -> visited.add(entry.key()));
        assertThat(visited).containsExactly(device("PJSIP/7"), device("PJSIP/8"));

        visited.clear();
        table.forget(
                device("PJSIP/9"),
                entry -> {
                    visited.add(entry.key());
                    return new FinalValue(DeviceState.UNAVAILABLE, BOB);
                },
                2,
                changes::add);
        assertThat(visited).containsExactly(device("PJSIP/9"));
        assertThat(forgotten).containsExactly(device("PJSIP/7"), device("PJSIP/9"));
        assertThat(changes).singleElement().satisfies(entry -> {
            assertThat(entry.value()).isEqualTo(DeviceState.UNAVAILABLE);
            assertThat(entry.publisher()).isEqualTo(BOB);
        });
        assertThat(table.size()).isEqualTo(998);
    }

    @Test
    void forgettingOneMailboxLooksAtNoOther() {
        for (int i = 0; i < 1_000; i++) {
            ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, i + "@default", new Eid(1));
            table.put(new Publication(mailbox, new MailboxCounts(1, 0), ALICE, 1, 1), entry -> {});
        }
        List<String> visited = new ArrayList<>();

        table.mailboxes().forget("7@default", entry -> visited.add(entry.key().id()), (before, left) -> assertThat(left)
                .isEmpty());

        assertThat(visited).containsExactly("7@default");
        assertThat(forgotten).extracting(ItemKey::id).containsExactly("7@default");
        assertThat(table.size()).isEqualTo(999);
    }

    @Test
    void aRemovedEntryLeavesNothingBehind() {
        table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 1), entry -> {});
        endByNonCachable(PHONE);
        table.forget(entry -> true, entry -> new FinalValue(DeviceState.UNAVAILABLE, ALICE), 2, changes::add);
        assertThat(changes).hasSize(1);
        table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 3), changes::add);
        assertThat(table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 4), changes::add))
                .isEqualTo(StateTable.StoreOutcome.REPEATED);
    }

    @Test
    void aWalkVisitsEveryEntryOfItsNodeOnce() {
        for (int i = 0; i < 1_000; i++) {
            table.put(
                    new Publication(
                            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1)), DeviceState.BUSY, BOB, 1, 1),
                    changes::add);
        }
        table.put(
                new Publication(
                        new ItemKey(NodeType.MESSAGE_WAITING, "1@a", new Eid(1)), new MailboxCounts(1, 0), BOB, 1, 1),
                entry -> {});
        assertThat(rest(table.walk())).containsExactlyInAnyOrderElementsOf(changes);
    }

    @Test
    void aWalkIsDoneInPartsOfAboutOneSize() {
        for (int i = 0; i < 1_000; i++) {
            table.put(
                    new Publication(
                            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1)), DeviceState.BUSY, BOB, 1, 1),
                    changes::add);
        }
        StateTable.DeviceWalk walk = table.walk();
        List<Entry> all = new ArrayList<>();
        List<Entry> part = new ArrayList<>();
        while (walk.next(part::add)) {
            assertThat(part).hasSizeBetween(5, 40);
            all.addAll(part);
            part.clear();
        }
        assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
    }

    /** The segment's map uses the lowest bits of {@link java.util.HashMap}'s hash. */
    @Test
    void theKeysOfOneSegmentAreSpreadOverItsMap() {
        Map<Integer, Set<Integer>> buckets = new HashMap<>();
        for (int i = 0; i < 64 * 100; i++) {
            ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + (10_000 + i), new Eid(1));
            int bucket = (key.hashCode() ^ (key.hashCode() >>> 16)) & 63;
            buckets.computeIfAbsent(StateTable.segment(key), segment -> new HashSet<>())
                    .add(bucket);
        }
        assertThat(buckets).hasSize(64).allSatisfy((segment, used) -> assertThat(used)
                .hasSizeGreaterThan(24));
    }

    @Test
    void aWalkSkipsEntriesThatChangedSinceItBegan() {
        ItemKey other = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/101", new Eid(1));
        ItemKey added = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/102", new Eid(1));
        table.put(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), entry -> {});
        table.put(new Publication(other, DeviceState.INUSE, ALICE, 1, 1), entry -> {});
        StateTable.DeviceWalk walk = table.walk();
        table.put(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 1), entry -> {});
        table.put(new Publication(added, DeviceState.BUSY, ALICE, 1, 1), entry -> {});
        table.put(new Publication(other, DeviceState.INUSE, BOB, 2, 2), entry -> {}); // a repetition is no change
        assertThat(rest(walk)).extracting(Entry::key).containsExactly(other);
        assertThat(walk.next(entry -> {})).isFalse();
    }

    private static List<Entry> rest(StateTable.DeviceWalk walk) {
        List<Entry> met = new ArrayList<>();
        while (walk.next(met::add)) {
            // all of it
        }
        return met;
    }

    private List<Entry> entries(NodeType node) {
        List<Entry> entries = new ArrayList<>();
        table.forEach(node, entries::add);
        return entries;
    }
}
