package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.state;

import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.junit.jupiter.api.Test;

/** Changes of the pace while notifications wait, and which of them count for it. */
final class OutboxPaceTest {

    private final OutboxBench bench = new OutboxBench(new Pace(0, 0));

    @Test
    void aShorterWindowReleasesHeldValuesSooner() {
        OutboxBench slow = new OutboxBench(new Pace(60_000, 0));
        Notification held = state("a");
        slow.send(state("a"), held);
        slow.outbox.setPace(new Pace(100, 0));
        slow.advance(99);
        assertThat(slow.sent).hasSize(1);
        slow.advance(1);
        assertThat(slow.events()).hasSize(2).endsWith(held);
    }

    @Test
    void theRateOfTheLastMinuteIsMeasured() {
        bench.advance(5_000);
        for (int i = 0; i < 60; i++) {
            bench.send(state("a"));
        }
        assertThat(bench.outbox.perSecond()).isBetween(0.9, 1.1);
        bench.advance(50_000);
        assertThat(bench.outbox.perSecond()).isBetween(0.9, 1.1);
        bench.advance(20_000);
        assertThat(bench.outbox.perSecond()).isZero();
    }

    @Test
    void changesTakeNothingFromTheRateOfSnapshots() {
        bench.flow.setRate(10_000); // at most 200 at one moment
        for (int i = 0; i < 100; i++) {
            bench.outbox.offer(state("c" + i));
        }
        for (int i = 0; i < 50; i++) {
            bench.outbox.offerSnapshot(state("d" + i));
        }
        bench.outbox.flush();
        assertThat(bench.sent).hasSize(150);
        assertThat(bench.flow.allow(1_000, bench.clock.monotonicNanos())).isEqualTo(150);
    }

    @Test
    void changesPauseAfterABurstDespiteAnEmptySnapshot() {
        for (int i = 1; i < Outbox.BURST; i++) {
            bench.outbox.offer(state("c" + i));
        }
        Notification late = state("late");
        bench.outbox.beginSnapshot(NodeType.DEVICE_STATE, () -> {
            bench.outbox.offer(state("the last of the burst"));
            bench.outbox.offer(late);
            return false;
        });
        bench.outbox.flush();
        bench.advance(Outbox.PAUSE_MS - 1);
        assertThat(bench.sent).hasSize(Outbox.BURST);
        bench.advance(1);
        assertThat(bench.events()).hasSize(Outbox.BURST + 1).endsWith(late);
    }

    @Test
    void underLoadChangesWithinAMomentLeaveTogether() {
        tellOthersMuch();
        Notification last = state("b");
        bench.send(state("first"), state("a"), state("b"), last);
        bench.advance(BatchDelay.GATHER_MS - 1);
        assertThat(bench.sent).hasSize(1);
        bench.advance(1);
        assertThat(bench.events()).hasSize(3).endsWith(last);
        assertThat(bench.losses.coalesced.sum()).isOne();
    }

    @Test
    void afterThatMomentAnyFlushSends() {
        tellOthersMuch();
        bench.send(state("first"), state("a"));
        bench.clock.advance(BatchDelay.GATHER_MS);
        bench.send(state("b"));
        assertThat(bench.sent).hasSize(3);
    }

    @Test
    void underLoadAQuietSubscriberIsNotifiedAtOnce() {
        tellOthersMuch();
        for (int i = 0; i < 3; i++) {
            bench.send(state("a"));
            assertThat(bench.sent).hasSize(i + 1);
            bench.advance(BatchDelay.GATHER_MS);
        }
    }

    @Test
    void anotherPaceDoesNotSendGatheredChanges() {
        tellOthersMuch();
        bench.send(state("first"), state("a"));
        bench.outbox.setPace(new Pace(100, 0));
        bench.advance(1);
        assertThat(bench.sent).hasSize(1);
        bench.advance(BatchDelay.GATHER_MS - 1);
        assertThat(bench.sent).hasSize(2);
    }

    private void tellOthersMuch() {
        bench.flow.restNanos(BatchDelay.MANY_PER_SECOND, bench.clock.monotonicNanos());
        bench.advance(BatchDelay.LOOK_MS);
    }
}
