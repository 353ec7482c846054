// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.devstate.core.delivery.Events.state;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.delivery.Pacer.Turn;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

final class PacerTest {

    private static final long MS = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Pacer pacer = new Pacer(clock, scheduler);
    private final List<String> ran = new ArrayList<>();

    @Test
    void aTurnRunsOnceWhenItsTimeHasCome() {
        pacer.wake(turn("a"), 10 * MS);
        scheduler.advance(9);
        assertThat(ran).isEmpty();
        scheduler.advance(1);
        assertThat(ran).containsExactly("a@10");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void theEarliestTimeAskedForCounts() {
        Turn turn = turn("a");
        pacer.wake(turn, 10 * MS);
        pacer.wake(turn, 5 * MS);
        pacer.wake(turn, 20 * MS);
        scheduler.advance(100);
        assertThat(ran).containsExactly("a@5");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void aTimeOfNeverSchedulesNothing() {
        pacer.wake(turn("a"), Pacer.NEVER);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void allWaitingTurnsShareOneTask() {
        for (int i = 0; i < 10_000; i++) {
            pacer.wake(turn("t" + i), (100 + i / 100) * MS);
            assertThat(scheduler.pending()).isOne();
        }
        for (int ms = 0; ms < 200; ms++) {
            scheduler.advance(1);
            assertThat(scheduler.pending()).isLessThanOrEqualTo(1);
        }
        assertThat(ran).hasSize(10_000).startsWith("t0@100").endsWith("t9999@199");
    }

    @Test
    void aTaskIsAddedOnlyForAnEarlierTime() {
        pacer.wake(turn("a"), 50 * MS);
        pacer.wake(turn("b"), 50 * MS);
        pacer.wake(turn("c"), 60 * MS);
        assertThat(scheduler.pending()).isOne();
        pacer.wake(turn("d"), 40 * MS);
        assertThat(scheduler.pending()).isEqualTo(2);
        scheduler.advance(40);
        assertThat(scheduler.pending()).isOne();
        scheduler.advance(10);
        assertThat(scheduler.pending()).isOne();
        scheduler.advance(10);
        assertThat(ran).containsExactly("d@40", "a@50", "b@50", "c@60");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void timesWithinOneMillisecondShareATask() {
        pacer.wake(turn("a"), 10 * MS);
        pacer.wake(turn("b"), 9 * MS + 1);
        pacer.wake(turn("c"), 10 * MS - 1);
        assertThat(scheduler.pending()).isOne();
        scheduler.advance(10);
        assertThat(ran).containsExactly("a@10", "b@10", "c@10");
    }

    @Test
    void aTurnThatThrowsDoesNotStopTheOthers() {
        pacer.wake(
                pacer.turn(() -> {
                    throw new IllegalStateException("trouble");
                }),
                10 * MS);
        pacer.wake(turn("b"), 10 * MS);
        pacer.wake(turn("c"), 20 * MS);
        scheduler.advance(20);
        assertThat(ran).containsExactly("b@10", "c@20");
    }

    /** Or one that always has more to do would never let the others have theirs. */
    @Test
    void aTurnThatAsksForAnotherAtOnceGetsItAfterTheOthers() {
        List<Turn> self = new ArrayList<>();
        self.add(pacer.turn(() -> {
            ran.add("a");
            if (ran.size() < 3) {
                pacer.wake(self.get(0), clock.monotonicNanos());
            }
        }));
        pacer.wake(self.get(0), 10 * MS);
        pacer.wake(turn("b"), 10 * MS);
        scheduler.advance(10);
        assertThat(ran).containsExactly("a", "b@10", "a");
    }

    @Test
    void aSchedulerThatThrowsIsAskedAgainNextTime() {
        List<Runnable> taken = new ArrayList<>();
        List<String> rejections = new ArrayList<>(List.of("first"));
        Pacer rejected = new Pacer(clock, (task, delayMs) -> {
            if (!rejections.isEmpty()) {
                throw new IllegalStateException(rejections.remove(0));
            }
            taken.add(task);
        });
        Turn a = rejected.turn(() -> ran.add("a"));
        assertThatIllegalStateException().isThrownBy(() -> rejected.wake(a, 10 * MS));
        rejected.wake(rejected.turn(() -> ran.add("b")), 20 * MS);
        clock.advance(20);
        List.copyOf(taken).forEach(Runnable::run);
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void tenThousandIdleSubscribersScheduleNothing() {
        Subscriptions subscriptions = new Subscriptions(
                jid -> Pace.DEFAULT,
                event -> jid -> true,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, scheduler, () -> 0),
                (to, events) -> {});
        for (int i = 0; i < 10_000; i++) {
            subscriptions.add(Jid.of("pbx" + i + "@example.net/x"), NodeType.DEVICE_STATE);
        }
        subscriptions.flush();
        assertThat(scheduler.pending()).isZero();
        subscriptions.offer(state("a"));
        subscriptions.flush();
        assertThat(scheduler.pending()).isOne();
        subscriptions.offer(state("a"));
        subscriptions.flush();
        assertThat(scheduler.pending()).isOne();
        scheduler.advance(200);
        assertThat(scheduler.pending()).isZero();
    }

    private Turn turn(String name) {
        return pacer.turn(() -> ran.add(name + "@" + clock.elapsedMs()));
    }
}
