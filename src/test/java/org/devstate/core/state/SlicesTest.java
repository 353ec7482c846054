// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.junit.jupiter.api.Test;

/** Walks that hold a lock for a few entries at a time: what changes meanwhile, and whether others get the lock. */
final class SlicesTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final int DEVICES = 20_000;
    private static final int MAILBOXES = 5_000;

    private final StateTable table = new StateTable(new Quota(Integer.MAX_VALUE));

    @Test
    void eachKeyIsInOneSlice() {
        List<Integer> seen = new ArrayList<>();
        List<Integer> first = IntStream.range(0, 3 * Slices.SIZE).boxed().toList();
        List<Integer> second = IntStream.range(1_000, 1_001).boxed().toList();
        Slices.inTurn(List.of(first, List.of(), second), (segment, keys) -> {
            assertThat(keys).hasSizeLessThanOrEqualTo(Slices.SIZE);
            assertThat(segment).isEqualTo(keys.get(0) < 1_000 ? 0 : 2);
            seen.addAll(keys);
        });
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void segmentsTakeTurns() {
        List<Integer> keys = IntStream.range(0, 2 * Slices.SIZE).boxed().toList();
        List<Integer> turns = new ArrayList<>();
        Slices.inTurn(List.of(keys, keys, keys), (segment, slice) -> turns.add(segment));
        assertThat(turns).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void aWalkOverDevicesVisitsThoseOfItsBeginningAsTheyAreByThen() {
        IntStream.range(0, DEVICES).forEach(i -> put(device(i), DeviceState.NOT_INUSE));
        List<Entry> visited = new ArrayList<>();
        List<ItemKey> removed = new ArrayList<>();
        ItemKey added = device(DEVICES);
        table.forEachDeviceInSlices(entry -> {
            visited.add(entry);
            if (visited.size() == 1) {
                put(added, DeviceState.INUSE);
                IntStream.range(0, DEVICES)
                        .mapToObj(SlicesTest::device)
                        .filter(key -> StateTable.segment(key) != StateTable.segment(entry.key()))
                        .forEach(key -> changeOrRemove(key, removed));
            } else if (StateTable.segment(entry.key())
                    != StateTable.segment(visited.get(0).key())) {
                assertThat(entry.value()).as("as it is by now").isEqualTo(DeviceState.BUSY);
            }
        });
        assertThat(removed).isNotEmpty();
        Set<ItemKey> keys = visited.stream().map(Entry::key).collect(Collectors.toSet());
        assertThat(visited).hasSameSizeAs(keys);
        assertThat(keys).hasSize(DEVICES - removed.size()).doesNotContain(added).doesNotContainAnyElementsOf(removed);
    }

    private void changeOrRemove(ItemKey key, List<ItemKey> removed) {
        if (removed.size() < 1_000) {
            removed.add(key);
            table.forgetQuietly(key, entry -> true);
        } else {
            put(key, DeviceState.BUSY);
        }
    }

    @Test
    void aWalkOverMailboxesVisitsThoseOfItsBeginningThatAreLeft() {
        IntStream.range(0, MAILBOXES).forEach(i -> put(mailbox(i), new MailboxCounts(1, 0)));
        List<List<Entry>> visited = new ArrayList<>();
        List<Entry> removed = new ArrayList<>();
        table.mailboxes().forEachMailboxInSlices(entries -> {
            visited.add(entries);
            if (visited.size() == 1) {
                put(mailbox(MAILBOXES), new MailboxCounts(1, 0));
                int unused = table.mailboxes()
                        .forget(entry -> !entry.equals(entries.get(0)), (before, left) -> removed.addAll(before));
            }
        });
        assertThat(removed).hasSize(MAILBOXES);
        assertThat(visited).hasSize(1);
    }

    @Test
    void aPublishGetsTheLockOfASegmentAfterOneSlice() {
        IntStream.range(0, DEVICES).forEach(i -> put(device(i), DeviceState.NOT_INUSE));
        List<Entry> visited = new ArrayList<>();
        List<Thread> publishers = new ArrayList<>();
        table.forEachDeviceInSlices(entry -> {
            visited.add(entry);
            if (visited.size() == 1) {
                publishers.add(new Thread(() -> put(entry.key(), DeviceState.BUSY)));
                publishers.get(0).start();
            } else if (visited.size() == Slices.SIZE + 1) {
                assertThat(StateTable.segment(entry.key()))
                        .isNotEqualTo(StateTable.segment(visited.get(0).key()));
                assertThat(ends(publishers.get(0))).isTrue();
            }
        });
        assertThat(visited).hasSize(DEVICES);
    }

    private static boolean ends(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return !thread.isAlive();
    }

    private void put(ItemKey key, Value value) {
        var unused = table.put(new Publication(key, value, ALICE, 1, 0), entry -> {});
    }

    private static ItemKey device(int number) {
        return new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + number, new Eid(1));
    }

    private static ItemKey mailbox(int number) {
        return new ItemKey(NodeType.MESSAGE_WAITING, number + "@default", new Eid(1));
    }
}
