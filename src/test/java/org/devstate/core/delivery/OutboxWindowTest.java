// SPDX-License-Identifier: Apache-2.0
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
import org.devstate.core.delivery.OutboxFixture.Sent;
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

    private final OutboxFixture fixture = new OutboxFixture(new Pace(WINDOW_MS, 0));

    @Test
    void theFirstChangeLeavesAtOnceAndTheLastWhenTheWindowCloses() {
        Notification first = state("a");
        Notification last = state("a");
        fixture.send(first, state("a"), state("a"), last);
        assertThat(fixture.events()).containsExactly(first);
        fixture.advance(WINDOW_MS - 1);
        assertThat(fixture.events()).containsExactly(first);
        fixture.advance(1);
        assertThat(fixture.events()).containsExactly(first, last);
    }

    @Test
    void aValueThatLeavesAtTheEndOfAWindowOpensAnother() {
        Notification second = state("a");
        Notification third = state("a");
        fixture.send(state("a"), second);
        fixture.advance(WINDOW_MS);
        fixture.send(third);
        fixture.advance(WINDOW_MS - 1);
        assertThat(fixture.events()).endsWith(second);
        fixture.advance(1);
        assertThat(fixture.sent).endsWith(new Sent(third, 2 * WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {WINDOW_MS, WINDOW_MS + 1, 10 * WINDOW_MS})
    void aChangeGoesAtOnceFromTheEndOfTheWindowOn(long afterMs) {
        fixture.send(state("a"));
        fixture.advance(afterMs);
        Notification next = state("a");
        fixture.send(next);
        assertThat(fixture.sent).endsWith(new Sent(next, afterMs));
    }

    @Test
    void aChangeOneMillisecondBeforeTheEndWaitsForIt() {
        fixture.send(state("a"));
        fixture.advance(WINDOW_MS - 1);
        Notification next = state("a");
        fixture.send(next);
        assertThat(fixture.sent).hasSize(1);
        fixture.advance(1);
        assertThat(fixture.sent).endsWith(new Sent(next, WINDOW_MS));
    }

    /** If the scheduler is late, the first flush sends all that is due. */
    @Test
    void aWindowClosesWithoutTheScheduler() {
        Notification next = state("a");
        fixture.send(state("a"), state("a"));
        fixture.clock.advance(WINDOW_MS);
        fixture.send(next);
        assertThat(fixture.events()).hasSize(2).endsWith(next);
    }

    @Test
    void eachKeyHasAWindowOfItsOwn() {
        Notification a = state("a");
        Notification b = state("b");
        Notification a2 = state("a");
        Notification b2 = state("b");
        fixture.send(a);
        fixture.advance(40);
        fixture.send(b, b2, a2);
        assertThat(fixture.events()).containsExactly(a, b);
        fixture.advance(60);
        assertThat(fixture.events()).containsExactly(a, b, a2);
        fixture.advance(40);
        assertThat(fixture.events()).containsExactly(a, b, a2, b2);
    }

    @Test
    void withoutAWindowEverythingLeavesAtOnce() {
        OutboxFixture open = new OutboxFixture(new Pace(0, 0));
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
        fixture.send(state("a"));
        fixture.advance(WINDOW_MS);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    void aNonCachableNotificationWaitsForNoWindow() {
        List<Notification> events = List.of(state("a"), nonCachable("a"), nonCachable("a"));
        fixture.send(events.toArray(Notification[]::new));
        assertThat(fixture.events()).isEqualTo(events);
    }

    @Test
    void aNonCachableNotificationStaysBehindAHeldValue() {
        Notification first = state("a");
        Notification held = state("a");
        Notification behind = nonCachable("a");
        Notification elsewhere = nonCachable("b");
        fixture.send(first, held, behind, elsewhere);
        assertThat(fixture.events()).containsExactly(first, elsewhere);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, elsewhere, held, behind);
    }

    @Test
    void aNonCachableNotificationLeavesWhenTheHeldValueBeforeItIsReplaced() {
        Notification first = state("a");
        Notification behind = nonCachable("a");
        Notification last = state("a");
        fixture.send(first, state("a"), behind, last);
        assertThat(fixture.events()).containsExactly(first, behind);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, behind, last);
    }

    @Test
    void aValueThatReturnsToTheLastNotificationIsNotSent() {
        Notification first = state("a", INUSE);
        fixture.send(first, state("a", RINGING), state("a", INUSE));
        assertThat(fixture.outbox.depth()).isZero();
        assertThat(fixture.losses.coalesced.sum()).isEqualTo(2);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    void theNextValueAfterThatWaitsForTheSameWindow() {
        Notification first = state("a", INUSE);
        Notification last = state("a", BUSY);
        fixture.send(first, state("a", RINGING), state("a", INUSE), last);
        fixture.advance(WINDOW_MS - 1);
        assertThat(fixture.events()).containsExactly(first);
        fixture.advance(1);
        assertThat(fixture.events()).containsExactly(first, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOne() {
        Notification first = state("a", INUSE);
        Notification nonCachable = nonCachable("a");
        Notification last = state("a", INUSE);
        fixture.send(first, nonCachable, state("a", BUSY), last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, nonCachable, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOneBehindAnotherValue() {
        Notification first = state("a", INUSE);
        Notification nonCachable = nonCachable("a");
        Notification last = state("a", INUSE);
        fixture.send(first, state("a", BUSY), nonCachable, last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, nonCachable, last);
    }

    @Test
    void aValueIsSentAgainAfterANonCachableOneThatWaited() {
        Notification first = state("a", INUSE);
        Notification nonCachable = nonCachable("a");
        Notification last = state("a", INUSE);
        fixture.outbox.offer(first);
        fixture.outbox.offer(nonCachable);
        fixture.outbox.flush();
        fixture.send(state("a", BUSY), last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, nonCachable, last);
    }

    @Test
    void aNotificationBehindAnUnsentValueLeaves() {
        Notification first = state("a", INUSE);
        Notification nonCachable = nonCachable("a");
        fixture.send(first, state("a", BUSY), state("a", INUSE), nonCachable);
        assertThat(fixture.events()).containsExactly(first, nonCachable);
    }

    @Test
    void aNodeToRepeatIsSentAgain() {
        Notification first = state("a", INUSE);
        Notification last = state("a", INUSE);
        fixture.send(first, state("a", BUSY));
        fixture.outbox.repeat(NodeType.MESSAGE_WAITING);
        fixture.outbox.repeat(NodeType.DEVICE_STATE);
        fixture.send(last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, last);
    }

    @Test
    void theOtherNodeIsNotRepeated() {
        fixture.send(state("a", INUSE), state("a", BUSY));
        fixture.outbox.repeat(NodeType.MESSAGE_WAITING);
        fixture.send(state("a", INUSE));
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesOnlyNonCachableOnes() {
        Notification first = state("a", INUSE);
        Notification nonCachable = nonCachable("a");
        fixture.send(first, state("a", RINGING), nonCachable, state("b"), state("b"));
        fixture.outbox.overtake(state("a", BUSY));
        fixture.outbox.flush();
        assertThat(fixture.events()).hasSize(3).startsWith(first).endsWith(nonCachable);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).hasSize(4);
        assertThat(fixture.outbox.isIdle()).isTrue();
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesNoOlderValueFromSnapshotOrChanges() {
        fixture.outbox.offer(state("a"));
        fixture.outbox.offerSnapshot(state("b"));
        fixture.outbox.overtake(state("a"));
        fixture.outbox.overtake(state("b"));
        fixture.outbox.flush();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void afterItsOwnPublishASubscriberReceivesTheFormerValueAgain() {
        Notification first = state("a", INUSE);
        Notification last = state("a", INUSE);
        fixture.send(first);
        fixture.outbox.overtake(state("a", BUSY));
        fixture.send(last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, last);
    }

    @Test
    void aRepeatedSubscriptionBeginsANewWindow() {
        fixture.send(state("a"), state("a"), nonCachable("a"));
        fixture.outbox.forget(NodeType.DEVICE_STATE);
        assertThat(fixture.outbox.isIdle()).isTrue();
        Notification again = state("a");
        fixture.send(again);
        assertThat(fixture.events()).hasSize(2).endsWith(again);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).hasSize(2);
    }

    /** The budget: 1,000 devices flapping 20 times a second, window 200 ms, no more than 5,000 notifications a second. */
    @Test
    void aThousandFlappingDevicesMakeNoMoreThanFiveThousandNotificationsASecond() {
        OutboxFixture flapping = new OutboxFixture(new Pace(200, 0));
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
        OutboxFixture flapping = new OutboxFixture(new Pace(200, 0));
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
