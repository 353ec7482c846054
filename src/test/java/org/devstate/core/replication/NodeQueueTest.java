// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.EID;
import static org.devstate.core.replication.SampleItems.OTHER_EID;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.nonCachable;
import static org.devstate.core.replication.SampleItems.pending;
import static org.devstate.core.replication.SampleItems.pendingKeys;
import static org.devstate.core.replication.SampleItems.phone;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Eid;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class NodeQueueTest {

    private final ManualClock clock = new ManualClock();
    private final NodeQueue queue = new NodeQueue(clock);

    @Test
    void anEmptyQueueGivesNothing() {
        assertThat(queue.take()).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aKeyThatChangesTwiceIsSentOnce() {
        queue.add(pending(phone(1)));
        queue.add(pending(phone(2)));
        queue.add(pending(phone(1)));
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.take()).containsExactly(pending(phone(1)), pending(phone(2)));
        assertThat(queue.size()).isZero();
    }

    @Test
    void aKeyThatChangesAfterItWasTakenIsSentAgain() {
        queue.add(pending(PHONE));
        queue.take();
        queue.add(pending(PHONE));
        assertThat(queue.take()).containsExactly(pending(PHONE));
    }

    @Test
    void leasesBindingsAndThePolicyAreSentBeforeEntries() {
        List<PendingItem> first =
                List.of(new PendingItem.OfLease(EID), new PendingItem.OfBinding(OTHER_EID), new PendingItem.OfPolicy());
        queue.add(pending(PHONE));
        queue.add(new PendingItem.EndOfTable());
        queue.addAll(first);
        assertThat(queue.size()).isEqualTo(5);
        assertThat(queue.take())
                .containsExactly(
                        first.get(0), first.get(1), first.get(2), pending(PHONE), new PendingItem.EndOfTable());
    }

    @Test
    void aLeaseThatChangesTwiceIsSentOnce() {
        queue.add(new PendingItem.OfLease(EID));
        queue.add(new PendingItem.OfLease(EID));
        queue.add(new PendingItem.OfLease(OTHER_EID));
        assertThat(queue.take()).containsExactly(new PendingItem.OfLease(EID), new PendingItem.OfLease(OTHER_EID));
    }

    @Test
    void aBatchHas250Items() {
        List<PendingItem> items = pendingKeys(251);
        queue.addAll(items);
        assertThat(queue.take()).isEqualTo(items.subList(0, 250));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(items.subList(250, 251));
    }

    @Test
    void noEntryIsSentWhileALeaseWaits() {
        List<PendingItem> leases = new ArrayList<>();
        for (int i = 0; i < 251; i++) {
            leases.add(new PendingItem.OfLease(new Eid(i)));
        }
        queue.add(pending(PHONE));
        queue.addAll(leases);
        assertThat(queue.take()).isEqualTo(leases.subList(0, 250));
        assertThat(queue.take()).containsExactly(leases.get(250), pending(PHONE));
    }

    @Test
    void everyNonCachableValueIsSent() {
        PendingItem one = nonCachable(PHONE, 1);
        PendingItem two = nonCachable(PHONE, 2);
        queue.add(one);
        queue.add(two);
        assertThat(queue.take()).containsExactly(one, two);
    }

    @Test
    void aLaterChangeDoesNotOvertakeANonCachableValue() {
        PendingItem value = nonCachable(PHONE, 1);
        queue.add(pending(PHONE));
        queue.add(value);
        queue.add(pending(phone(7)));
        queue.add(pending(PHONE));
        assertThat(queue.take()).containsExactly(value, pending(phone(7)), pending(PHONE));
    }

    @Test
    void aNonCachableValueMovesNoOtherKey() {
        PendingItem value = nonCachable(PHONE, 1);
        queue.add(pending(phone(7)));
        queue.add(value);
        queue.add(pending(phone(8)));
        queue.add(pending(phone(7)));
        assertThat(queue.take()).containsExactly(pending(phone(7)), value, pending(phone(8)));
    }

    @Test
    void aKeyKeepsItsPlaceWhenItsNonCachableValuesAreSent() {
        queue.add(nonCachable(PHONE, 1));
        queue.take();
        queue.add(pending(PHONE));
        queue.add(pending(phone(7)));
        queue.add(pending(PHONE));
        assertThat(queue.take()).containsExactly(pending(PHONE), pending(phone(7)));
    }

    @Test
    void aNonCachableValueThatStillWaitsKeepsTheOrder() {
        PendingItem first = nonCachable(phone(999), 1);
        PendingItem second = nonCachable(phone(999), 2);
        queue.addAll(pendingKeys(249));
        queue.add(first);
        queue.add(pending(phone(999)));
        queue.add(second);
        assertThat(queue.take()).endsWith(first);
        queue.add(pending(phone(999)));
        assertThat(queue.take()).containsExactly(second, pending(phone(999)));
    }

    @Test
    void itemsThatArePutBackComeBeforeThoseSince() {
        PendingItem first = nonCachable(PHONE, 1);
        PendingItem second = nonCachable(PHONE, 2);
        queue.add(second);
        queue.add(pending(PHONE));
        queue.add(new PendingItem.OfPolicy());
        queue.putBack(List.of(pending(phone(7)), first));
        assertThat(queue.size()).isEqualTo(5);
        assertThat(queue.take())
                .containsExactly(new PendingItem.OfPolicy(), pending(phone(7)), first, second, pending(PHONE));
        queue.add(pending(PHONE));
        queue.add(pending(phone(7)));
        queue.add(pending(PHONE));
        assertThat(queue.take())
                .as("no non-cachable value waits any more")
                .containsExactly(pending(PHONE), pending(phone(7)));
    }

    @Test
    void valuesThatArePutBackCountOnce() {
        List<PendingItem> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            values.add(nonCachable(phone(i), i));
        }
        queue.addAll(values.subList(1, 1_000));
        queue.putBack(values.subList(0, 1));
        assertThat(queue.lost()).isZero();
        assertThat(queue.take()).isEqualTo(values.subList(0, 250));
        queue.putBack(values.subList(0, 250));
        queue.add(nonCachable(PHONE, 1));
        assertThat(queue.lost()).isEqualTo(1);
    }

    @Test
    void oneThousandNonCachableValuesWait() {
        List<PendingItem> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            values.add(nonCachable(phone(i), i));
        }
        queue.add(pending(PHONE));
        queue.addAll(values);
        assertThat(queue.lost()).isZero();
        assertThat(queue.size()).isEqualTo(1_001);
    }

    @Test
    void oneMoreMakesTheOldestBeLostAndNoKey() {
        PendingItem oldest = nonCachable(phone(0), 0);
        PendingItem next = nonCachable(phone(0), 1);
        queue.add(pending(PHONE));
        queue.add(oldest);
        queue.add(next);
        for (int i = 2; i <= 1_000; i++) {
            queue.add(nonCachable(phone(i), i));
        }
        assertThat(queue.lost()).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(1_001);
        assertThat(queue.take()).startsWith(pending(PHONE), next).doesNotContain(oldest);
    }

    @Test
    void takenNonCachableValuesMakeRoom() {
        for (int i = 0; i < 1_000; i++) {
            queue.add(nonCachable(phone(i), i));
        }
        assertThat(queue.take()).hasSize(250);
        for (int i = 0; i < 250; i++) {
            queue.add(nonCachable(phone(i), i));
        }
        assertThat(queue.lost()).isZero();
        queue.add(nonCachable(PHONE, 1));
        assertThat(queue.lost()).isEqualTo(1);
    }

    @Test
    void aClearedQueueIsEmptyAndHasAllItsRoom() {
        queue.add(new PendingItem.OfPolicy());
        for (int i = 0; i < 1_000; i++) {
            queue.add(nonCachable(PHONE, i));
        }
        queue.clear();
        assertThat(queue.size()).isZero();
        assertThat(queue.take()).isEmpty();
        queue.add(nonCachable(phone(7), 1));
        assertThat(queue.lost()).isZero();
        queue.add(pending(PHONE));
        queue.add(pending(phone(8)));
        queue.add(pending(PHONE));
        assertThat(queue.take()).endsWith(pending(PHONE), pending(phone(8)));
    }

    /** Each lost value makes room for one. */
    @Test
    void losingValuesLeavesRoomForAsManyAsBefore() {
        for (int i = 0; i < NodeQueue.MOST_NON_CACHABLE + 600; i++) {
            queue.add(nonCachable(phone(i), i));
        }
        assertThat(queue.lost()).isEqualTo(600);
        for (int i = 0; i < NodeQueue.MOST_NON_CACHABLE / NodeQueue.BATCH; i++) {
            queue.take();
        }
        assertThat(queue.size()).isZero();
        queue.add(nonCachable(PHONE, 1));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.lost()).isEqualTo(600);
    }

    @Test
    void aValueOfBeforeAClearHasNoPartInTheOrder() {
        queue.add(nonCachable(phone(1), 1));
        queue.clear();
        queue.add(pending(phone(1)));
        queue.add(pending(phone(2)));
        queue.add(pending(phone(1)));
        assertThat(queue.take()).containsExactly(pending(phone(1)), pending(phone(2)));
    }
}
