package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.nonCachable;
import static org.devstate.core.delivery.Events.state;
import static org.devstate.core.model.DeviceState.BUSY;
import static org.devstate.core.model.DeviceState.INUSE;
import static org.devstate.core.model.DeviceState.RINGING;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.delivery.OutboxBench.Sent;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboxWindowTest {

    private static final int WINDOW_MS = 100;

    private final OutboxBench bench = new OutboxBench(new Pace(WINDOW_MS, 0));

    @Test
    void theFirstChangeLeavesAtOnceAndTheLastWhenTheWindowCloses() {
        Notification first = state("a");
        Notification last = state("a");
        bench.send(first, state("a"), state("a"), last);
        assertThat(bench.events()).containsExactly(first);
        bench.advance(WINDOW_MS - 1);
        assertThat(bench.events()).containsExactly(first);
        bench.advance(1);
        assertThat(bench.events()).containsExactly(first, last);
    }

    @Test
    void aValueThatLeavesAtTheEndOfAWindowOpensAnother() {
        Notification second = state("a");
        Notification third = state("a");
        bench.send(state("a"), second);
        bench.advance(WINDOW_MS);
        bench.send(third);
        bench.advance(WINDOW_MS - 1);
        assertThat(bench.events()).endsWith(second);
        bench.advance(1);
        assertThat(bench.sent).endsWith(new Sent(third, 2 * WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {WINDOW_MS, WINDOW_MS + 1, 10 * WINDOW_MS})
    void aChangeGoesAtOnceFromTheEndOfTheWindowOn(long afterMs) {
        bench.send(state("a"));
        bench.advance(afterMs);
        Notification next = state("a");
        bench.send(next);
        assertThat(bench.sent).endsWith(new Sent(next, afterMs));
    }

    @Test
    void aChangeOneMillisecondBeforeTheEndWaitsForIt() {
        bench.send(state("a"));
        bench.advance(WINDOW_MS - 1);
        Notification next = state("a");
        bench.send(next);
        assertThat(bench.sent).hasSize(1);
        bench.advance(1);
        assertThat(bench.sent).endsWith(new Sent(next, WINDOW_MS));
    }

    /** If the scheduler is late, the first flush sends all that is due. */
    @Test
    void aWindowClosesWithoutTheScheduler() {
        Notification next = state("a");
        bench.send(state("a"), state("a"));
        bench.clock.advance(WINDOW_MS);
        bench.send(next);
        assertThat(bench.events()).hasSize(2).endsWith(next);
    }

    @Test
    void eachKeyHasAWindowOfItsOwn() {
        Notification a = state("a");
        Notification b = state("b");
        Notification a2 = state("a");
        Notification b2 = state("b");
        bench.send(a);
        bench.advance(40);
        bench.send(b, b2, a2);
        assertThat(bench.events()).containsExactly(a, b);
        bench.advance(60);
        assertThat(bench.events()).containsExactly(a, b, a2);
        bench.advance(40);
        assertThat(bench.events()).containsExactly(a, b, a2, b2);
    }

    @Test
    void withoutAWindowEverythingLeavesAtOnce() {
        OutboxBench open = new OutboxBench(new Pace(0, 0));
        List<Notification> events = List.of(state("a"), state("a"), state("a"));
        open.send(events.toArray(Notification[]::new));
        assertThat(open.events()).isEqualTo(events);
        assertThat(open.scheduler.pending()).isZero();
    }

    @Test
    void aWindowThatHasClosedLeavesNothingBehind() {
        Backlog backlog = new Backlog(1_000, event -> true, new LossCounters());
        for (int i = 0; i < 100; i++) {
            backlog.offer(state("d" + i));
            assertThat(backlog.pollChange(i)).isNotNull();
        }
        assertThat(backlog.windowsDueNanos()).isEqualTo(1_099);
        backlog.closeWindows(1_098);
        assertThat(backlog.windowsDueNanos()).isEqualTo(1_099);
        backlog.closeWindows(1_099);
        assertThat(backlog.windowsDueNanos()).isEqualTo(Pacer.NEVER);
        bench.send(state("a"));
        bench.advance(WINDOW_MS);
        assertThat(bench.scheduler.pending()).isZero();
    }

    @Test
    void aNonCachableNotificationWaitsForNoWindow() {
        List<Notification> events = List.of(state("a"), nonCachable("a"), nonCachable("a"));
        bench.send(events.toArray(Notification[]::new));
        assertThat(bench.events()).isEqualTo(events);
    }

    @Test
    void aNonCachableNotificationStaysBehindAHeldValue() {
        Notification first = state("a");
        Notification held = state("a");
        Notification behind = nonCachable("a");
        Notification elsewhere = nonCachable("b");
        bench.send(first, held, behind, elsewhere);
        assertThat(bench.events()).containsExactly(first, elsewhere);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, elsewhere, held, behind);
    }

    @Test
    void aNonCachableNotificationLeavesWhenTheHeldValueBeforeItIsReplaced() {
        Notification first = state("a");
        Notification behind = nonCachable("a");
        Notification last = state("a");
        bench.send(first, state("a"), behind, last);
        assertThat(bench.events()).containsExactly(first, behind);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, behind, last);
    }

    @Test
    void aValueThatReturnsToTheLastNotificationIsNotSent() {
        Notification first = state("a", INUSE);
        bench.send(first, state("a", RINGING), state("a", INUSE));
        assertThat(bench.outbox.depth()).isZero();
        assertThat(bench.losses.coalesced.sum()).isEqualTo(2);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first);
        assertThat(bench.scheduler.pending()).isZero();
    }

    @Test
    void theNextValueAfterThatWaitsForTheSameWindow() {
        Notification first = state("a", INUSE);
        Notification last = state("a", BUSY);
        bench.send(first, state("a", RINGING), state("a", INUSE), last);
        bench.advance(WINDOW_MS - 1);
        assertThat(bench.events()).containsExactly(first);
        bench.advance(1);
        assertThat(bench.events()).containsExactly(first, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOne() {
        Notification first = state("a", INUSE);
        Notification passing = nonCachable("a");
        Notification last = state("a", INUSE);
        bench.send(first, passing, state("a", BUSY), last);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, passing, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOneBehindAnotherValue() {
        Notification first = state("a", INUSE);
        Notification passing = nonCachable("a");
        Notification last = state("a", INUSE);
        bench.send(first, state("a", BUSY), passing, last);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, passing, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOneThatWaited() {
        Notification first = state("a", INUSE);
        Notification passing = nonCachable("a");
        Notification last = state("a", INUSE);
        bench.outbox.offer(first);
        bench.outbox.offer(passing);
        bench.outbox.flush();
        bench.send(state("a", BUSY), last);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, passing, last);
    }

    @Test
    void aNotificationBehindAnUnsentValueLeaves() {
        Notification first = state("a", INUSE);
        Notification passing = nonCachable("a");
        bench.send(first, state("a", BUSY), state("a", INUSE), passing);
        assertThat(bench.events()).containsExactly(first, passing);
    }

    @Test
    void aNodeToRepeatIsSentAgain() {
        Notification first = state("a", INUSE);
        Notification last = state("a", INUSE);
        bench.send(first, state("a", BUSY));
        bench.outbox.repeat(NodeType.MESSAGE_WAITING);
        bench.outbox.repeat(NodeType.DEVICE_STATE);
        bench.send(last);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, last);
    }

    @Test
    void theOtherNodeIsNotRepeated() {
        bench.send(state("a", INUSE), state("a", BUSY));
        bench.outbox.repeat(NodeType.MESSAGE_WAITING);
        bench.send(state("a", INUSE));
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).hasSize(1);
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesOnlyNonCachableOnes() {
        Notification first = state("a", INUSE);
        Notification passing = nonCachable("a");
        bench.send(first, state("a", RINGING), passing, state("b"), state("b"));
        bench.outbox.overtake(state("a", BUSY));
        bench.outbox.flush();
        assertThat(bench.events()).hasSize(3).startsWith(first).endsWith(passing);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).hasSize(4);
        assertThat(bench.outbox.isIdle()).isTrue();
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesNoOlderValueFromSnapshotOrChanges() {
        bench.outbox.offer(state("a"));
        bench.outbox.offerSnapshot(state("b"));
        bench.outbox.overtake(state("a"));
        bench.outbox.overtake(state("b"));
        bench.outbox.flush();
        assertThat(bench.events()).isEmpty();
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesTheFormerValueAgain() {
        Notification first = state("a", INUSE);
        Notification last = state("a", INUSE);
        bench.send(first);
        bench.outbox.overtake(state("a", BUSY));
        bench.send(last);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).containsExactly(first, last);
    }

    @Test
    void aRepeatedSubscriptionBeginsANewWindow() {
        bench.send(state("a"), state("a"), nonCachable("a"));
        bench.outbox.forget(NodeType.DEVICE_STATE);
        assertThat(bench.outbox.isIdle()).isTrue();
        Notification again = state("a");
        bench.send(again);
        assertThat(bench.events()).hasSize(2).endsWith(again);
        bench.advance(WINDOW_MS);
        assertThat(bench.events()).hasSize(2);
    }

    /** The budget: 1,000 devices flapping 20 times a second, window 200 ms, no more than 5,000 notifications a second. */
    @Test
    void aThousandFlappingDevicesMakeNoMoreThanFiveThousandNotificationsASecond() {
        OutboxBench flapping = new OutboxBench(new Pace(200, 0));
        Map<ItemKey, Notification> last = new HashMap<>();
        for (int ms = 0; ms < 3_000; ms++) {
            for (int device = ms % 50; device < 1_000; device += 50) {
                Notification event = state("d" + device);
                last.put(event.key(), event);
                flapping.send(event);
            }
            flapping.advance(1);
        }
        flapping.scheduler.runAll();
        Map<ItemKey, Notification> heard = new HashMap<>();
        int[] perMs = new int[4_000];
        for (Sent sent : flapping.sent) {
            heard.put(sent.event().key(), sent.event());
            perMs[(int) sent.atMs()]++;
        }
        assertThat(heard).isEqualTo(last);
        assertThat(busiestSecond(perMs)).isLessThanOrEqualTo(5_000).isGreaterThan(4_000);
    }

    @Test
    void aThousandDevicesThatFlapTogetherAreHeldToTheSame() {
        OutboxBench flapping = new OutboxBench(new Pace(200, 0));
        List<Notification> last = new ArrayList<>();
        for (int ms = 0; ms <= 2_000; ms += 50) {
            last.clear();
            for (int device = 0; device < 1_000; device++) {
                last.add(state("d" + device));
            }
            last.forEach(flapping.outbox::offer);
            flapping.outbox.flush();
            flapping.advance(50);
        }
        flapping.scheduler.runAll();
        int[] perMs = new int[4_000];
        flapping.sent.forEach(sent -> perMs[(int) sent.atMs()]++);
        assertThat(flapping.events().subList(flapping.sent.size() - 1_000, flapping.sent.size()))
                .containsExactlyInAnyOrderElementsOf(last);
        assertThat(busiestSecond(perMs)).isLessThanOrEqualTo(5_000);
    }

    /** The most notifications in any second. */
    static int busiestSecond(int[] perMs) {
        int busiest = 0;
        int sum = 0;
        for (int ms = 0; ms < perMs.length; ms++) {
            sum += perMs[ms] - (ms >= 1_000 ? perMs[ms - 1_000] : 0);
            busiest = Math.max(busiest, sum);
        }
        return busiest;
    }
}
