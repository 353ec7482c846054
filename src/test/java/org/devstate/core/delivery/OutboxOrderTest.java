package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.mailbox;
import static org.devstate.core.delivery.Events.nonCachable;
import static org.devstate.core.delivery.Events.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.devstate.core.delivery.OutboxBench.Sent;
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

    private final OutboxBench bench = new OutboxBench(new Pace(100, 0));

    @Test
    void statesLeaveBeforeMailboxesAndChangesBeforeTheSnapshot() {
        Notification snapshotMailbox = mailbox("m1");
        Notification snapshotState = state("s1");
        Notification mailbox = mailbox("m2");
        Notification state = state("s2");
        bench.outbox.offerSnapshot(snapshotMailbox);
        bench.outbox.offerSnapshot(snapshotState);
        bench.outbox.offer(mailbox);
        bench.outbox.offer(state);
        bench.outbox.flush();
        assertThat(bench.events()).containsExactly(state, mailbox, snapshotState, snapshotMailbox);
    }

    @Test
    void aChangeTakesOverItsSnapshotEntry() {
        Notification other = state("b");
        bench.outbox.offerSnapshot(state("a"));
        bench.outbox.offerSnapshot(other);
        Notification newer = state("a");
        bench.outbox.offer(newer);
        bench.outbox.flush();
        bench.scheduler.runAll();
        assertThat(bench.events()).containsExactly(newer, other);
    }

    @Test
    void aSnapshotEntryReplacesTheChangeThatWaits() {
        bench.outbox.offer(state("a"));
        Notification walked = state("a");
        bench.outbox.offerSnapshot(walked);
        bench.outbox.flush();
        assertThat(bench.events()).containsExactly(walked);
    }

    @Test
    void aSnapshotEntryWaitsForItsWindow() {
        Notification first = state("a");
        Notification again = state("a");
        bench.send(first);
        bench.outbox.offerSnapshot(again);
        bench.outbox.flush();
        assertThat(bench.events()).containsExactly(first);
        bench.advance(100);
        assertThat(bench.events()).containsExactly(first, again);
    }

    @Test
    void aSnapshotEntryLeavesBeforeALaterNonCachableOne() {
        for (int i = 0; i < Outbox.BURST; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        Notification entry = state("a");
        bench.outbox.offerSnapshot(entry);
        bench.outbox.flush();
        Notification passing = nonCachable("a");
        bench.send(passing);
        assertThat(bench.events()).hasSize(Outbox.BURST + 2).endsWith(entry, passing);
    }

    @Test
    void aSnapshotEntryStaysBehindAnEarlierNonCachableOne() {
        Notification passing = nonCachable("a");
        Notification entry = state("a");
        bench.outbox.offer(passing);
        bench.outbox.offerSnapshot(entry);
        bench.outbox.flush();
        assertThat(bench.events()).containsExactly(passing, entry);
    }

    @Test
    void aSnapshotOfTenThousandIsPacedAndDoneInTwoSeconds() {
        for (int i = 0; i < 10_000; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        bench.outbox.flush();
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(Outbox.PAUSE_MS - 1);
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(1);
        assertThat(bench.sent).hasSize(2 * Outbox.BURST);
        bench.scheduler.runAll();
        assertThat(bench.sent).hasSize(10_000);
        assertThat(bench.sent.get(9_999).atMs()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void aSnapshotIsDoneInTwoSecondsAmidstChanges() {
        for (int i = 0; i < 10_000; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        List<Sent> atOnce = new ArrayList<>();
        for (int ms = 0; ms < 2_000; ms++) {
            for (int i = 0; i < 4; i++) {
                Notification change = state("c" + ms + "." + i);
                bench.send(change);
                atOnce.add(new Sent(change, ms));
            }
            bench.advance(1);
        }
        assertThat(bench.sent).hasSize(18_000);
        assertThat(new HashSet<>(bench.sent).containsAll(atOnce)).isTrue();
    }

    @Test
    void aSnapshotDoesNotDelayAChange() {
        for (int i = 0; i < 1_000; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        bench.outbox.flush();
        Notification change = mailbox("m");
        bench.send(change);
        assertThat(bench.events()).hasSize(Outbox.BURST + 1).endsWith(change);
    }

    @Test
    void aSnapshotDoesNotOvertakeChangesThatPause() {
        for (int i = 0; i <= Outbox.BURST; i++) {
            bench.outbox.offer(state("d" + i));
        }
        Notification entry = state("s");
        bench.outbox.offerSnapshot(entry);
        bench.outbox.flush();
        bench.outbox.flush();
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(Outbox.PAUSE_MS);
        assertThat(bench.events()).hasSize(Outbox.BURST + 2).endsWith(entry);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 3_000})
    void theCapHoldsInAnySecondAndIsMadeUseOf(int rate) {
        OutboxBench capped = new OutboxBench(new Pace(0, rate));
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
        OutboxBench capped = new OutboxBench(new Pace(100, 50));
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
        events.forEach(bench.outbox::offer);
        assertThat(bench.losses.dropped.sum()).isZero();
        Notification value = state("d0");
        bench.outbox.offer(value);
        assertThat(bench.losses.dropped.sum()).isZero();
        Notification oneMore = nonCachable("d0");
        bench.outbox.offer(oneMore);
        assertThat(bench.losses.dropped.sum()).isOne();
        bench.outbox.flush();
        bench.scheduler.runAll();
        List<Notification> expected = new ArrayList<>(events.subList(1, events.size()));
        expected.add(value);
        expected.add(oneMore);
        assertThat(bench.events()).isEqualTo(expected);
    }

    @Test
    void theOldestNonCachableOneIsDroppedFromBehindAHeldValueToo() {
        Notification first = state("a");
        Notification held = state("a");
        bench.send(first, held, nonCachable("a"));
        List<Notification> events = new ArrayList<>();
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE; i++) {
            events.add(nonCachable("a"));
        }
        bench.send(events.toArray(Notification[]::new));
        assertThat(bench.losses.dropped.sum()).isOne();
        bench.scheduler.runAll();
        assertThat(bench.events().subList(0, 2)).containsExactly(first, held);
        assertThat(bench.events().subList(2, bench.sent.size())).isEqualTo(events);
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
            bench.outbox.offer(state("c" + i));
        }
        for (int i = 0; i < 2 * Outbox.BURST; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        bench.outbox.flush();
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(Outbox.PAUSE_MS);
        assertThat(bench.sent).hasSize(2 * Outbox.BURST);
    }

    @Test
    void changesMeanwhileBelongToTheSameBurst() {
        bench.onReceive = event -> {
            for (int i = 0; bench.sent.size() == 1 && i < 2 * Outbox.BURST; i++) {
                bench.outbox.offer(state("d" + i));
            }
        };
        bench.send(state("first"));
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(Outbox.PAUSE_MS - 1);
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(1);
        assertThat(bench.sent).hasSize(2 * Outbox.BURST);
    }

    @Test
    void aSnapshotIsReadNoFurtherThanItCanLeave() {
        List<Integer> partsAtSent = new ArrayList<>();
        bench.outbox.beginSnapshot(NodeType.DEVICE_STATE, () -> {
            for (int i = 0; i < Outbox.BURST; i++) {
                bench.outbox.offerSnapshot(state("d" + partsAtSent.size() + "." + i));
            }
            partsAtSent.add(bench.sent.size());
            return partsAtSent.size() < 3;
        });
        bench.outbox.flush();
        assertThat(bench.sent).hasSize(Outbox.BURST);
        assertThat(bench.outbox.depth()).isZero();
        assertThat(bench.outbox.isIdle()).isFalse();
        bench.scheduler.runAll();
        assertThat(partsAtSent).containsExactly(0, Outbox.BURST, 2 * Outbox.BURST);
        assertThat(bench.sent).hasSize(3 * Outbox.BURST);
        assertThat(bench.outbox.isIdle()).isTrue();
    }

    @Test
    void theSnapshotsOfAllSubscribersShareOneRate() {
        bench.flow.setRate(1_000);
        List<Notification> elsewhere = new ArrayList<>();
        Outbox other = new Outbox(
                new Pace(100, 0),
                new DeliveryContext(bench.clock, new Pacer(bench.clock, bench.scheduler), bench.flow, bench.losses),
                event -> true,
                elsewhere::addAll);
        for (int i = 0; i < 1_000; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
            other.offerSnapshot(state("d" + i));
        }
        bench.outbox.flush();
        other.flush();
        bench.advance(1_000);
        assertThat(bench.sent.size() + elsewhere.size()).isBetween(900, 1_020);
        bench.scheduler.runAll();
        assertThat(bench.sent).hasSize(1_000);
        assertThat(elsewhere).hasSize(1_000);
    }

    @Test
    void allPendingNotificationsAreCounted() {
        bench.send(state("a"), state("a"), nonCachable("a"), nonCachable("a")); // one gone, three at its window
        assertThat(bench.outbox.depth()).isEqualTo(3);
        bench.outbox.offer(state("b"));
        bench.outbox.offer(mailbox("m"));
        bench.outbox.offer(mailbox("n"));
        assertThat(bench.outbox.depth()).isEqualTo(6);
        bench.outbox.offerSnapshot(state("c"));
        bench.outbox.offerSnapshot(mailbox("o"));
        assertThat(bench.outbox.depth()).isEqualTo(8);
        bench.scheduler.runAll();
        assertThat(bench.outbox.depth()).isZero();
    }

    @Test
    void sentNonCachableNotificationsDoNotCountAgainstTheLimit() {
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE + 1; i++) {
            bench.send(nonCachable("a"));
            bench.advance(1);
        }
        assertThat(bench.sent).hasSize(Backlog.MOST_NON_CACHABLE + 1);
        assertThat(bench.losses.dropped.sum()).isZero();
    }

    @Test
    void forgottenNonCachableNotificationsDoNotCountAgainstTheLimit() {
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE; i++) {
            bench.outbox.offer(nonCachable("a"));
        }
        bench.outbox.forget(NodeType.DEVICE_STATE);
        bench.outbox.offer(nonCachable("a"));
        assertThat(bench.outbox.depth()).isOne();
        assertThat(bench.losses.dropped.sum()).isZero();
    }

    @Test
    void aValueBehindANonCachableOneIsStillCoalesced() {
        bench.outbox.offer(state("a"));
        bench.outbox.offer(nonCachable("a"));
        assertThat(bench.losses.coalesced.sum()).isZero();
        bench.outbox.offer(state("a"));
        assertThat(bench.losses.coalesced.sum()).isOne();
        bench.outbox.offerSnapshot(state("b"));
        bench.outbox.offer(state("b"));
        assertThat(bench.losses.coalesced.sum()).isEqualTo(2);
        bench.outbox.offer(state("c"));
        assertThat(bench.losses.coalesced.sum()).isEqualTo(2);
    }

    @Test
    void forgettingOneNodeLeavesTheSnapshotAndTheWindowsOfTheOther() {
        Notification held = mailbox("m");
        bench.send(mailbox("m"), held, state("a"));
        bench.outbox.offerSnapshot(state("b"));
        Notification entry = mailbox("n");
        bench.outbox.offerSnapshot(entry);
        bench.outbox.forget(NodeType.DEVICE_STATE);
        assertThat(bench.outbox.depth()).isEqualTo(2);
        Notification again = state("a");
        bench.send(again);
        assertThat(bench.events().subList(2, bench.sent.size())).containsExactly(again, entry);
        bench.advance(100);
        assertThat(bench.sent).endsWith(new Sent(held, 100));
    }
}
