// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.mailbox;
import static org.devstate.core.delivery.Events.nonCachable;
import static org.devstate.core.delivery.Events.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.devstate.core.delivery.OutboxFixture.Sent;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of notifications, how many leave at a time, and which are left out. */
final class OutboxOrderTest {

    private final OutboxFixture fixture = new OutboxFixture(new Pace(100, 0));

    @Test
    void statesLeaveBeforeMailboxesAndChangesBeforeTheSnapshot() {
        Notification snapshotMailbox = mailbox("m1");
        Notification snapshotState = state("s1");
        Notification mailbox = mailbox("m2");
        Notification state = state("s2");
        fixture.outbox.offerSnapshot(snapshotMailbox);
        fixture.outbox.offerSnapshot(snapshotState);
        fixture.outbox.offer(mailbox);
        fixture.outbox.offer(state);
        fixture.outbox.flush();
        assertThat(fixture.events()).containsExactly(state, mailbox, snapshotState, snapshotMailbox);
    }

    @Test
    void aChangeTakesOverItsSnapshotEntry() {
        Notification other = state("b");
        fixture.outbox.offerSnapshot(state("a"));
        fixture.outbox.offerSnapshot(other);
        Notification newer = state("a");
        fixture.outbox.offer(newer);
        fixture.outbox.flush();
        fixture.scheduler.runAll();
        assertThat(fixture.events()).containsExactly(newer, other);
    }

    @Test
    void aSnapshotEntryReplacesTheChangeThatWaits() {
        fixture.outbox.offer(state("a"));
        Notification walked = state("a");
        fixture.outbox.offerSnapshot(walked);
        fixture.outbox.flush();
        assertThat(fixture.events()).containsExactly(walked);
    }

    @Test
    void aSnapshotEntryWaitsForItsWindow() {
        Notification first = state("a");
        Notification again = state("a");
        fixture.send(first);
        fixture.outbox.offerSnapshot(again);
        fixture.outbox.flush();
        assertThat(fixture.events()).containsExactly(first);
        fixture.advance(100);
        assertThat(fixture.events()).containsExactly(first, again);
    }

    @Test
    void aSnapshotEntryLeavesBeforeALaterNonCachableOne() {
        for (int i = 0; i < Outbox.BURST; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        Notification entry = state("a");
        fixture.outbox.offerSnapshot(entry);
        fixture.outbox.flush();
        Notification nonCachable = nonCachable("a");
        fixture.send(nonCachable);
        assertThat(fixture.events()).hasSize(Outbox.BURST + 2).endsWith(entry, nonCachable);
    }

    @Test
    void aSnapshotEntryStaysBehindAnEarlierNonCachableOne() {
        Notification nonCachable = nonCachable("a");
        Notification entry = state("a");
        fixture.outbox.offer(nonCachable);
        fixture.outbox.offerSnapshot(entry);
        fixture.outbox.flush();
        assertThat(fixture.events()).containsExactly(nonCachable, entry);
    }

    @Test
    void aSnapshotOfTenThousandIsPacedAndDoneInTwoSeconds() {
        for (int i = 0; i < 10_000; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        fixture.outbox.flush();
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(Outbox.PAUSE_MS - 1);
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(1);
        assertThat(fixture.sent).hasSize(2 * Outbox.BURST);
        fixture.scheduler.runAll();
        assertThat(fixture.sent).hasSize(10_000);
        assertThat(fixture.sent.get(9_999).atMs()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void aSnapshotIsDoneInTwoSecondsAmidstChanges() {
        for (int i = 0; i < 10_000; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        List<Sent> atOnce = new ArrayList<>();
        for (int ms = 0; ms < 2_000; ms++) {
            for (int i = 0; i < 4; i++) {
                Notification change = state("c" + ms + "." + i);
                fixture.send(change);
                atOnce.add(new Sent(change, ms));
            }
            fixture.advance(1);
        }
        assertThat(fixture.sent).hasSize(18_000);
        assertThat(new HashSet<>(fixture.sent).containsAll(atOnce)).isTrue();
    }

    @Test
    void aSnapshotDoesNotDelayAChange() {
        for (int i = 0; i < 1_000; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        fixture.outbox.flush();
        Notification change = mailbox("m");
        fixture.send(change);
        assertThat(fixture.events()).hasSize(Outbox.BURST + 1).endsWith(change);
    }

    @Test
    void aSnapshotDoesNotOvertakeChangesThatPause() {
        for (int i = 0; i <= Outbox.BURST; i++) {
            fixture.outbox.offer(state("d" + i));
        }
        Notification entry = state("s");
        fixture.outbox.offerSnapshot(entry);
        fixture.outbox.flush();
        fixture.outbox.flush();
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(Outbox.PAUSE_MS);
        assertThat(fixture.events()).hasSize(Outbox.BURST + 2).endsWith(entry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 3_000})
    void theRateLimitHoldsInAnySecondAndIsUsedUp(int rate) {
        OutboxFixture capped = new OutboxFixture(new Pace(0, rate));
        for (int ms = 0; ms < 3_000; ms++) {
            for (int i = 0; i < 5; i++) {
                capped.send(state("d" + (5 * ms + i) % 500));
            }
            capped.advance(1);
        }
        int credit = Math.max(1, rate * RateLimit.CREDIT_MS / 1_000);
        for (long from = 0; from <= 2_000; from += 10) {
            long begin = from;
            assertThat(capped.sent.stream()
                            .filter(sent -> sent.atMs() >= begin && sent.atMs() < begin + 1_000)
                            .count())
                    .isBetween(rate - 1L, (long) rate + credit);
        }
    }

    @Test
    void theRateLimitDelaysButLosesNothing() {
        OutboxFixture capped = new OutboxFixture(new Pace(100, 50));
        List<Notification> last = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            last.clear();
            for (int i = 0; i < 100; i++) {
                last.add(state("d" + i));
            }
            capped.send(last.toArray(Notification[]::new));
            capped.advance(20);
        }
        capped.scheduler.runAll();
        assertThat(capped.events()).containsAll(last);
        assertThat(capped.sent.size()).isLessThan(200);
        assertThat(capped.outbox.isIdle()).isTrue();
    }

    @Test
    void oneNonCachableNotificationAboveTheLimitDropsTheOldest() {
        List<Notification> events = new ArrayList<>();
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE; i++) {
            events.add(nonCachable("d" + i % 7));
        }
        events.forEach(fixture.outbox::offer);
        assertThat(fixture.losses.dropped.sum()).isZero();
        Notification value = state("d0");
        fixture.outbox.offer(value);
        assertThat(fixture.losses.dropped.sum()).isZero();
        Notification oneMore = nonCachable("d0");
        fixture.outbox.offer(oneMore);
        assertThat(fixture.losses.dropped.sum()).isOne();
        fixture.outbox.flush();
        fixture.scheduler.runAll();
        List<Notification> expected = new ArrayList<>(events.subList(1, events.size()));
        expected.add(value);
        expected.add(oneMore);
        assertThat(fixture.events()).isEqualTo(expected);
    }

    @Test
    void theOldestNonCachableOneIsDroppedFromBehindAHeldValueToo() {
        Notification first = state("a");
        Notification held = state("a");
        fixture.send(first, held, nonCachable("a"));
        List<Notification> events = new ArrayList<>();
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE; i++) {
            events.add(nonCachable("a"));
        }
        fixture.send(events.toArray(Notification[]::new));
        assertThat(fixture.losses.dropped.sum()).isOne();
        fixture.scheduler.runAll();
        assertThat(fixture.events().subList(0, 2)).containsExactly(first, held);
        assertThat(fixture.events().subList(2, fixture.sent.size())).isEqualTo(events);
    }

    @Test
    void aDeliveryThatThrowsGetsTheRest() {
        ManualClock clock = new ManualClock();
        ManualScheduler scheduler = new ManualScheduler(clock);
        LossCounters losses = new LossCounters();
        List<Notification> given = new ArrayList<>();
        Outbox failing = new Outbox(
                new Pace(100, 0),
                new DeliveryContext(clock, new Pacer(clock, scheduler), new HostFlow(clock, () -> 0), losses),
                event -> true,
                events -> {
                    given.addAll(events);
                    throw new IllegalStateException("a bad moment");
                });
        Notification first = state("a");
        Notification second = state("b");
        Notification third = state("a");
        failing.offer(first);
        failing.offer(second);
        failing.flush();
        failing.offer(third);
        failing.flush();
        scheduler.runAll();
        assertThat(given).containsExactly(first, second, third);
        assertThat(losses.failed.sum()).isEqualTo(3);
        assertThat(failing.isIdle()).isTrue();
    }

    @Test
    void changesAndSnapshotTogetherMakeNoMoreThanABurst() {
        for (int i = 0; i < 150; i++) {
            fixture.outbox.offer(state("c" + i));
        }
        for (int i = 0; i < 2 * Outbox.BURST; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        fixture.outbox.flush();
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(Outbox.PAUSE_MS);
        assertThat(fixture.sent).hasSize(2 * Outbox.BURST);
    }

    @Test
    void changesMeanwhileBelongToTheSameBurst() {
        fixture.onReceive = event -> {
            for (int i = 0; fixture.sent.size() == 1 && i < 2 * Outbox.BURST; i++) {
                fixture.outbox.offer(state("d" + i));
            }
        };
        fixture.send(state("first"));
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(Outbox.PAUSE_MS - 1);
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(1);
        assertThat(fixture.sent).hasSize(2 * Outbox.BURST);
    }

    @Test
    void aSnapshotIsReadNoFurtherThanItCanLeave() {
        List<Integer> partsAtSent = new ArrayList<>();
        fixture.outbox.beginSnapshot(NodeType.DEVICE_STATE, () -> {
            for (int i = 0; i < Outbox.BURST; i++) {
                fixture.outbox.offerSnapshot(state("d" + partsAtSent.size() + "." + i));
            }
            partsAtSent.add(fixture.sent.size());
            return partsAtSent.size() < 3;
        });
        fixture.outbox.flush();
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        assertThat(fixture.outbox.depth()).isZero();
        assertThat(fixture.outbox.isIdle()).isFalse();
        fixture.scheduler.runAll();
        assertThat(partsAtSent).containsExactly(0, Outbox.BURST, 2 * Outbox.BURST);
        assertThat(fixture.sent).hasSize(3 * Outbox.BURST);
        assertThat(fixture.outbox.isIdle()).isTrue();
    }

    @Test
    void theSnapshotsOfAllSubscribersShareOneRate() {
        fixture.flow.setRate(1_000);
        List<Notification> elsewhere = new ArrayList<>();
        Outbox other = new Outbox(
                new Pace(100, 0),
                new DeliveryContext(
                        fixture.clock, new Pacer(fixture.clock, fixture.scheduler), fixture.flow, fixture.losses),
                event -> true,
                elsewhere::addAll);
        for (int i = 0; i < 1_000; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
            other.offerSnapshot(state("d" + i));
        }
        fixture.outbox.flush();
        other.flush();
        fixture.advance(1_000);
        assertThat(fixture.sent.size() + elsewhere.size()).isBetween(900, 1_020);
        fixture.scheduler.runAll();
        assertThat(fixture.sent).hasSize(1_000);
        assertThat(elsewhere).hasSize(1_000);
    }

    @Test
    void allPendingNotificationsAreCounted() {
        fixture.send(state("a"), state("a"), nonCachable("a"), nonCachable("a")); // one gone, three at its window
        assertThat(fixture.outbox.depth()).isEqualTo(3);
        fixture.outbox.offer(state("b"));
        fixture.outbox.offer(mailbox("m"));
        fixture.outbox.offer(mailbox("n"));
        assertThat(fixture.outbox.depth()).isEqualTo(6);
        fixture.outbox.offerSnapshot(state("c"));
        fixture.outbox.offerSnapshot(mailbox("o"));
        assertThat(fixture.outbox.depth()).isEqualTo(8);
        fixture.scheduler.runAll();
        assertThat(fixture.outbox.depth()).isZero();
    }

    @Test
    void sentNonCachableNotificationsDoNotCountAgainstTheLimit() {
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE + 1; i++) {
            fixture.send(nonCachable("a"));
            fixture.advance(1);
        }
        assertThat(fixture.sent).hasSize(Backlog.MOST_NON_CACHABLE + 1);
        assertThat(fixture.losses.dropped.sum()).isZero();
    }

    @Test
    void forgottenNonCachableNotificationsDoNotCountAgainstTheLimit() {
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE; i++) {
            fixture.outbox.offer(nonCachable("a"));
        }
        fixture.outbox.forget(NodeType.DEVICE_STATE);
        fixture.outbox.offer(nonCachable("a"));
        assertThat(fixture.outbox.depth()).isOne();
        assertThat(fixture.losses.dropped.sum()).isZero();
    }

    @Test
    void aValueBehindANonCachableOneIsStillCoalesced() {
        fixture.outbox.offer(state("a"));
        fixture.outbox.offer(nonCachable("a"));
        assertThat(fixture.losses.coalesced.sum()).isZero();
        fixture.outbox.offer(state("a"));
        assertThat(fixture.losses.coalesced.sum()).isOne();
        fixture.outbox.offerSnapshot(state("b"));
        fixture.outbox.offer(state("b"));
        assertThat(fixture.losses.coalesced.sum()).isEqualTo(2);
        fixture.outbox.offer(state("c"));
        assertThat(fixture.losses.coalesced.sum()).isEqualTo(2);
    }

    @Test
    void forgettingOneNodeLeavesTheSnapshotAndTheWindowsOfTheOther() {
        Notification held = mailbox("m");
        fixture.send(mailbox("m"), held, state("a"));
        fixture.outbox.offerSnapshot(state("b"));
        Notification entry = mailbox("n");
        fixture.outbox.offerSnapshot(entry);
        fixture.outbox.forget(NodeType.DEVICE_STATE);
        assertThat(fixture.outbox.depth()).isEqualTo(2);
        Notification again = state("a");
        fixture.send(again);
        assertThat(fixture.events().subList(2, fixture.sent.size())).containsExactly(again, entry);
        fixture.advance(100);
        assertThat(fixture.sent).endsWith(new Sent(held, 100));
    }
}
