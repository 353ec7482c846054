// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.nonCachable;
import static org.devstate.core.replication.SampleItems.pending;
import static org.devstate.core.replication.SampleItems.phone;

import org.devstate.core.replication.NodeLink.Arrival;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class NodeLinkTest {

    private final ManualClock clock = new ManualClock();
    private final NodeLink link = new NodeLink(clock);

    @Test
    void aNodeIsAbsentUntilItsFirstMessage() {
        assertThat(link.isPresent()).isFalse();
        assertThat(link.status("b", 0).sinceMs()).isZero();
        assertThat(link.arrived(7, at(1), 1_001)).isEqualTo(Arrival.JOINED);
        assertThat(link.isPresent()).isTrue();
        assertThat(link.status("b", 0).sinceMs()).isEqualTo(1_001);
        assertThat(link.run()).isEqualTo(7);
    }

    @Test
    void aFurtherMessageChangesNothing() {
        link.arrived(7, at(1), 1_001);
        link.queue().add(pending(PHONE));
        assertThat(link.arrived(7, at(2), 1_002)).isEqualTo(Arrival.PRESENT);
        assertThat(link.status("b", 0).sinceMs()).isEqualTo(1_001);
        assertThat(link.queue().size()).isEqualTo(1);
    }

    @Test
    void aHigherRunIsARestart() {
        link.arrived(7, at(1), 1_001);
        link.hasEndOfTable();
        link.completed();
        link.queue().add(pending(PHONE));
        link.next(at(1));
        link.queue().add(pending(PHONE));
        assertThat(link.arrived(8, at(2), 1_002)).isEqualTo(Arrival.RESTARTED);
        assertThat(link.run()).isEqualTo(8);
        assertThat(link.status("b", 0).sinceMs()).isEqualTo(1_002);
        assertThat(link.isComplete()).isFalse();
        assertThat(link.hasEndOfTable()).isFalse();
        assertThat(link.isIdle()).isTrue();
    }

    @Test
    void aMessageOfAnOlderRunIsOutdated() {
        link.arrived(8, at(1), 1_001);
        assertThat(link.arrived(7, at(4_000), 5_000)).isEqualTo(Arrival.OUTDATED);
        assertThat(link.run()).isEqualTo(8);
        assertThat(link.isOverdue(at(5_001))).as("it is no sign of life").isTrue();
    }

    /** Its clock was ahead, and is right since its restart. */
    @Test
    void anOlderRunCountsWhenTheNodeHasBeenSilentForFiveSeconds() {
        link.arrived(8, at(1), 1_001);
        link.lose(1_005);
        assertThat(link.arrived(7, at(5_000), 6_000)).isEqualTo(Arrival.OUTDATED);
        assertThat(link.arrived(7, at(5_001), 6_001)).isEqualTo(Arrival.JOINED);
        assertThat(link.run()).isEqualTo(7);
        assertThat(link.arrived(7, at(5_002), 6_002)).isEqualTo(Arrival.PRESENT);
    }

    @Test
    void anOlderRunDoesNotBringALostNodeBack() {
        link.arrived(8, at(1), 1_001);
        link.lose(1_005);
        assertThat(link.arrived(7, at(2), 1_002)).isEqualTo(Arrival.OUTDATED);
        assertThat(link.isPresent()).isFalse();
    }

    @Test
    void aLostNodeJoinsAgainByAMessage() {
        link.arrived(7, at(1), 1_001);
        link.completed();
        assertThat(link.lose(1_005)).isTrue();
        assertThat(link.status("b", 0).sinceMs()).isEqualTo(1_005);
        assertThat(link.arrived(7, at(2), 1_009)).isEqualTo(Arrival.JOINED);
        assertThat(link.status("b", 0).sinceMs()).isEqualTo(1_009);
        assertThat(link.isComplete()).isFalse();
    }

    @Test
    void aLostNodeThatWasRestartedJoins() {
        link.arrived(7, at(1), 1_001);
        link.takes(3);
        link.lose(1_005);
        assertThat(link.arrived(8, at(2), 1_002)).isEqualTo(Arrival.JOINED);
        assertThat(link.takes(1)).as("it numbers its batches anew").isTrue();
    }

    @Test
    void aNodeIsLostOnce() {
        assertThat(link.lose(1_005)).as("it has never been there").isFalse();
        link.arrived(7, at(1), 1_001);
        assertThat(link.lose(1_005)).isTrue();
        assertThat(link.lose(1_005)).isFalse();
    }

    @Test
    void nothingIsPendingForALostNode() {
        link.arrived(7, at(1), 1_001);
        link.queue().add(pending(phone(1)));
        link.next(at(1));
        link.queue().add(pending(phone(2)));
        link.lose(1_005);
        assertThat(link.isIdle()).isTrue();
        assertThat(link.repeat(at(60_000))).isFalse();
        link.queue().add(pending(phone(3)));
        assertThat(link.next(at(60_000))).isEmpty();
    }

    @Test
    void aNodeIsOverdueAfterFiveSeconds() {
        assertThat(link.isOverdue(at(60_000))).as("it is not present").isFalse();
        link.arrived(7, at(1_000), 1);
        link.arrived(7, at(2_000), 1);
        assertThat(link.isOverdue(at(6_999))).isFalse();
        assertThat(link.isOverdue(at(7_000))).isTrue();
        link.lose(1_005);
        assertThat(link.isOverdue(at(7_000))).isFalse();
    }

    @Test
    void oneBatchAtATimeIsUnderWay() {
        link.arrived(7, at(1), 1);
        assertThat(link.next(at(1))).isEmpty();
        assertThat(link.number()).isZero();
        link.queue().add(pending(phone(1)));
        assertThat(link.next(at(1))).containsExactly(pending(phone(1)));
        assertThat(link.number()).isEqualTo(1);
        link.queue().add(pending(phone(2)));
        assertThat(link.next(at(1))).isEmpty();
        assertThat(link.acknowledged(1)).isTrue();
        assertThat(link.next(at(1))).containsExactly(pending(phone(2)));
        assertThat(link.number()).isEqualTo(2);
    }

    @Test
    void onlyTheBatchUnderWayIsAcknowledgedAndOnce() {
        link.arrived(7, at(1), 1);
        assertThat(link.acknowledged(0)).isFalse();
        link.queue().add(pending(phone(1)));
        link.next(at(1));
        assertThat(link.acknowledged(2)).isFalse();
        assertThat(link.isIdle()).isFalse();
        assertThat(link.acknowledged(1)).isTrue();
        assertThat(link.isIdle()).isTrue();
        assertThat(link.acknowledged(1)).isFalse();
    }

    @Test
    void aNodeWithPendingItemsIsNotIdle() {
        assertThat(link.isIdle()).isTrue();
        link.queue().add(pending(PHONE));
        assertThat(link.isIdle()).isFalse();
    }

    @Test
    void aBatchIsRepeatedUnderAnotherNumberAfterThreeSeconds() {
        link.arrived(7, at(1), 1);
        assertThat(link.repeat(at(60_000))).as("nothing is under way").isFalse();
        link.queue().add(pending(PHONE));
        link.next(at(1_000));
        assertThat(link.repeat(at(3_999))).isFalse();
        assertThat(link.repeat(at(4_000))).isTrue();
        assertThat(link.repeat(at(9_000))).isFalse();
        assertThat(link.acknowledged(1))
                .as("the acknowledgement comes too late")
                .isFalse();
        assertThat(link.next(at(4_000))).containsExactly(pending(PHONE));
        assertThat(link.number()).isEqualTo(2);
    }

    @Test
    void aRepeatedNonCachableValueStaysBeforeLaterOnes() {
        PendingItem first = nonCachable(PHONE, 1);
        PendingItem second = nonCachable(PHONE, 2);
        link.arrived(7, at(1), 1);
        link.queue().add(first);
        link.next(at(1_000));
        link.queue().add(second);
        link.repeat(at(4_000));
        assertThat(link.next(at(4_000))).containsExactly(first, second);
    }

    @Test
    void aLaterChangeDoesNotOvertakeARepeatedNonCachableValue() {
        PendingItem value = nonCachable(PHONE, 1);
        link.arrived(7, at(1), 1);
        link.queue().add(value);
        link.next(at(1_000));
        link.queue().add(pending(PHONE));
        link.repeat(at(4_000));
        assertThat(link.next(at(4_000))).containsExactly(value, pending(PHONE));
    }

    @Test
    void aRepeatedKeyThatHasChangedSinceIsSentOnce() {
        link.arrived(7, at(1), 1);
        link.queue().add(pending(PHONE));
        link.next(at(1_000));
        link.queue().add(pending(PHONE));
        link.repeat(at(4_000));
        assertThat(link.next(at(4_000))).containsExactly(pending(PHONE));
    }

    @Test
    void aBatchIsTakenOnceAndNotAfterALaterOne() {
        link.arrived(7, at(1), 1);
        assertThat(link.takes(1)).isTrue();
        assertThat(link.takes(1)).isFalse();
        assertThat(link.takes(3)).isTrue();
        assertThat(link.takes(2)).isFalse();
        assertThat(link.takes(3)).isFalse();
        assertThat(link.takes(4)).isTrue();
    }

    @Test
    void aNodeThatComesBackWithoutARestartGoesOnWithItsNumbers() {
        link.arrived(7, at(1), 1);
        link.takes(3);
        link.lose(1_005);
        link.arrived(7, at(2), 1);
        assertThat(link.takes(3)).isFalse();
    }

    @Test
    void theEndOfTheTableIsSentOnceEachTimeTheNodeJoins() {
        link.arrived(7, at(1), 1);
        assertThat(link.hasEndOfTable()).isFalse();
        assertThat(link.hasEndOfTable()).isTrue();
        link.lose(1_005);
        link.arrived(7, at(2), 1);
        assertThat(link.hasEndOfTable()).isFalse();
    }

    @Test
    void aNodeIsCompleteWhenItHasSentItsTable() {
        link.arrived(7, at(1), 1);
        assertThat(link.isComplete()).isFalse();
        link.completed();
        assertThat(link.isComplete()).isTrue();
    }

    private static long at(long ms) {
        return MILLISECONDS.toNanos(ms);
    }

    @Test
    void eachJoinIsCounted() {
        assertThat(link.joins()).isZero();
        link.arrived(7, at(1), 1_001);
        assertThat(link.joins()).isEqualTo(1);
        link.arrived(7, at(2), 1_002);
        assertThat(link.joins()).isEqualTo(1);
        link.arrived(8, at(3), 1_003);
        assertThat(link.joins()).isEqualTo(2);
        link.lose(1_004);
        link.arrived(8, at(5), 1_005);
        assertThat(link.joins()).isEqualTo(3);
    }

    @Test
    void aHigherCountOfTheOtherNodeMeansThatThisOneHasJoinedThere() {
        assertThat(link.hasJoinedThere(0)).isFalse();
        assertThat(link.hasJoinedThere(1)).isTrue();
        assertThat(link.hasJoinedThere(1)).isFalse();
        assertThat(link.hasJoinedThere(3)).isTrue();
    }

    @Test
    void aConnectedNodeIsSilentAfterExactlyAMinute() {
        link.connected(at(1));
        assertThat(link.isSilent(at(60_000))).isFalse();
        assertThat(link.isSilent(at(60_001))).isTrue();
    }

    @Test
    void theLagIsThatOfTheOldestItemPendingOrUnderWay() {
        link.arrived(7, at(1), 1_001);
        assertThat(link.status("b", at(50)).figures().lagMs()).isZero();
        clock.advance(10);
        link.queue().add(pending(PHONE));
        assertThat(link.status("b", at(15)).figures().lagMs()).as("pending").isEqualTo(5);
        link.next(at(15));
        assertThat(link.status("b", at(17)).figures().lagMs()).as("under way").isEqualTo(7);
        link.acknowledged(1);
        assertThat(link.status("b", at(18)).figures().lagMs()).isZero();
    }
}
