// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of two entries of one key counts: the same at all nodes. */
final class EntryOrderTest {

    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));

    @Test
    void theLaterEntryCounts() {
        assertOrder(entry(DeviceState.BUSY, "alice", 6), entry(DeviceState.INUSE, "bob", 5));
    }

    @Test
    void ofTwoOfOneTimeTheOrderOfTheirPublishersDecides() {
        assertOrder(entry(DeviceState.BUSY, "bob", 5), entry(DeviceState.INUSE, "alice", 5));
    }

    @Test
    void ofTwoOfOnePublisherTheOrderOfTheirValuesDecides() {
        assertOrder(entry(DeviceState.INUSE, "alice", 5), entry(DeviceState.BUSY, "alice", 5));
    }

    @Test
    void anEntryIsNotNewerThanItself() {
        assertThat(entry(DeviceState.INUSE, "alice", 5).isNewerThan(entry(DeviceState.INUSE, "alice", 5)))
                .isFalse();
    }

    @Test
    void aChangedTimeLeavesTheRest() {
        Entry entry = entry(DeviceState.INUSE, "alice", 5).withVersion(4);
        assertThat(entry.changedAt(9))
                .isEqualTo(entry(DeviceState.INUSE, "alice", 9).withVersion(4));
    }

    @Test
    void anotherKeyObjectLeavesTheRest() {
        ItemKey stored = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
        Entry entry = entry(DeviceState.INUSE, "alice", 5).withKey(stored, 4);
        assertThat(entry.key()).isSameAs(stored);
        assertThat(entry).isEqualTo(entry(DeviceState.INUSE, "alice", 5).withVersion(4));
    }

    private static void assertOrder(Entry counts, Entry other) {
        assertThat(counts.isNewerThan(other)).isTrue();
        assertThat(other.isNewerThan(counts)).isFalse();
    }

    private static Entry entry(DeviceState state, String account, long atMs) {
        return new Entry(new Publication(PHONE, state, Jid.of(account + "@example.net/asterisk"), 7, atMs), 0);
    }
}
