// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Entries whose server has gone: their values, and the room that they make. */
final class StateTableRoomTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final ItemKey PHONE = device("PJSIP/100");
    private static final ItemKey OTHER = device("PJSIP/101");

    private final Quota quota = new Quota(2);
    private final StateTable table = new StateTable(quota);
    private final List<Entry> changes = new ArrayList<>();

    @Test
    void anOfflineEntryHasNoLeaseAndItsOwnVersion() {
        put(PHONE, DeviceState.INUSE);
        goAway();
        put(PHONE, DeviceState.BUSY);
        assertThat(changes)
                .containsExactly(
                        new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, 1, 1), 1),
                        new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, Entry.NO_LEASE, 5), 2),
                        new Entry(new Publication(PHONE, DeviceState.BUSY, ALICE, 1, 1), 3));
    }

    @Test
    void anEntryThatWasOfflineAlreadyLosesItsLeaseWithoutAChange() {
        put(PHONE, DeviceState.UNAVAILABLE);
        goAway();
        goAway();
        assertThat(changes).hasSize(1);
        assertThat(table.get(PHONE))
                .isEqualTo(new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, Entry.NO_LEASE, 1), 1));
    }

    @Test
    void anOfflineStateIsAChangeAfterANonCachableOne() {
        put(PHONE, DeviceState.UNAVAILABLE);
        table.endByNonCachable(PHONE, DeviceState.UNAVAILABLE, 1, () -> {}, changes::add);
        goAway();
        goAway();
        assertThat(changes)
                .hasSize(2)
                .endsWith(new Entry(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, Entry.NO_LEASE, 5), 2));
    }

    @Test
    void offlineEntriesMakeRoomForNewOnes() {
        put(PHONE, DeviceState.INUSE);
        goAway();
        put(OTHER, DeviceState.INUSE);
        assertThat(put(device("new"), DeviceState.INUSE)).isEqualTo(StateTable.StoreOutcome.FULL);
        assertThat(makeRoom(ALICE)).isTrue();
        assertThat(put(device("new"), DeviceState.INUSE)).isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(table.get(PHONE)).isNull();
        assertThat(table.get(OTHER)).isNotNull();
    }

    @Test
    void withoutOfflineEntriesNoRoomIsMade() {
        put(PHONE, DeviceState.INUSE);
        assertThat(makeRoom(ALICE)).isFalse();
        assertThat(makeRoom(ALICE)).isFalse();
        assertThat(table.get(PHONE)).isNotNull();
    }

    @Test
    void laterOfflineEntriesMakeRoomAgain() {
        assertThat(makeRoom(ALICE)).isFalse();
        put(PHONE, DeviceState.INUSE);
        goAway();
        assertThat(makeRoom(ALICE)).isTrue();
        assertThat(makeRoom(ALICE)).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void onlyTheAccountsOwnOfflineDevicesMakeRoom() {
        ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", new Eid(1));
        table.restore(new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, Entry.NO_LEASE, 1), 0));
        table.restore(new Entry(new Publication(OTHER, DeviceState.INUSE, BOB, Entry.NO_LEASE, 1), 0));
        table.restore(new Entry(new Publication(mailbox, new MailboxCounts(1, 0), ALICE, Entry.NO_LEASE, 1), 0));
        table.restore(new Entry(new Publication(device("set by hand"), DeviceState.INUSE, ALICE, Entry.BY_HAND, 1), 0));

        assertThat(makeRoom(Jid.of("alice@example.net/other"))).isTrue();

        assertThat(table.get(PHONE)).isNull();
        assertThat(table.size()).isEqualTo(3);
        assertThat(quota.byAccount()).containsOnly(Map.entry(ALICE.account(), 2), Map.entry(BOB.account(), 1));
    }

    /** They may be published again, but the new entries are there now. */
    @Test
    void awaitedEntriesMakeRoomLastAndEnd() {
        List<ItemKey> added = new ArrayList<>();
        List<ItemKey> removed = new ArrayList<>();
        StateTable listened = new StateTable(new Quota(100), listener(added, removed));
        for (int i = 0; i < 100; i++) {
            listened.restore(Entry.awaited(device("PJSIP/" + i), Jid.of(ALICE.bare())));
        }
        listened.restore(Entry.awaited(device("Bob's"), Jid.of(BOB.bare())));
        assertThat(listened.put(new Publication(device("new"), DeviceState.INUSE, ALICE, 1, 1), changes::add))
                .isEqualTo(StateTable.StoreOutcome.FULL);

        assertThat(listened.makeRoom(ALICE, DeviceState.UNAVAILABLE, 7, entry -> {}, changes::add))
                .isTrue();

        assertThat(changes).isNotEmpty().hasSizeLessThan(20).allSatisfy(entry -> {
            assertThat(entry.value()).isEqualTo(DeviceState.UNAVAILABLE);
            assertThat(entry.publisher()).isEqualTo(Jid.of(ALICE.bare()));
        });
        assertThat(removed)
                .containsExactlyElementsOf(changes.stream().map(Entry::key).toList());
        assertThat(listened.awaited()).isEqualTo(101 - removed.size());
        assertThat(listened.put(new Publication(device("new"), DeviceState.INUSE, ALICE, 1, 1), changes::add))
                .isEqualTo(StateTable.StoreOutcome.CHANGED);
        assertThat(added).containsExactly(device("new"));
        while (listened.makeRoom(ALICE, DeviceState.UNAVAILABLE, 7, entry -> {}, changes::add)) {
            assertThat(listened.awaited()).isPositive();
        }
        assertThat(listened.awaited()).as("Bob's").isOne();
        assertThat(listened.size()).isOne();
    }

    private static TableListener listener(List<ItemKey> added, List<ItemKey> removed) {
        return new TableListener() {
            @Override
            public void deviceAdded(ItemKey key, Account account) {
                added.add(key);
            }

            @Override
            public void removed(Entry last) {
                removed.add(last.key());
            }
        };
    }

    private boolean makeRoom(Jid publisher) {
        return table.makeRoom(publisher, DeviceState.UNAVAILABLE, 9, entry -> {}, changes::add);
    }

    private StateTable.StoreOutcome put(ItemKey key, DeviceState state) {
        return table.put(new Publication(key, state, ALICE, 1, 1), changes::add);
    }

    private void goAway() {
        table.replaceIf(entry -> true, DeviceState.UNAVAILABLE, 5, changes::add);
    }

    private static ItemKey device(String name) {
        return new ItemKey(NodeType.DEVICE_STATE, name, new Eid(1));
    }
}
