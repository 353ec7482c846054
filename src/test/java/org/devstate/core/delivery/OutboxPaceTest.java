// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.state;

import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.junit.jupiter.api.Test;

/** Changes of the pace while notifications wait, and which of them count for it. */
final class OutboxPaceTest {

    /** {@link BatchDelay#LEAST_MICROS}, rounded up to the pacer's milliseconds. */
    private static final long GATHER_MS = 1;

    private final OutboxFixture fixture = new OutboxFixture(new Pace(0, 0));

    @Test
    void aShorterWindowReleasesHeldValuesSooner() {
        OutboxFixture slow = new OutboxFixture(new Pace(60_000, 0));
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
        fixture.advance(5_000);
        for (int i = 0; i < 60; i++) {
            fixture.send(state("a"));
        }
        assertThat(fixture.outbox.perSecond()).isBetween(0.9, 1.1);
        fixture.advance(50_000);
        assertThat(fixture.outbox.perSecond()).isBetween(0.9, 1.1);
        fixture.advance(20_000);
        assertThat(fixture.outbox.perSecond()).isZero();
    }

    @Test
    void changesTakeNothingFromTheRateOfSnapshots() {
        fixture.flow.setRate(10_000); // at most 200 at one moment
        for (int i = 0; i < 100; i++) {
            fixture.outbox.offer(state("c" + i));
        }
        for (int i = 0; i < 50; i++) {
            fixture.outbox.offerSnapshot(state("d" + i));
        }
        fixture.outbox.flush();
        assertThat(fixture.sent).hasSize(150);
        assertThat(fixture.flow.allow(1_000, fixture.clock.monotonicNanos())).isEqualTo(150);
    }

    @Test
    void changesPauseAfterABurstDespiteAnEmptySnapshot() {
        for (int i = 1; i < Outbox.BURST; i++) {
            fixture.outbox.offer(state("c" + i));
        }
        Notification late = state("late");
        fixture.outbox.beginSnapshot(NodeType.DEVICE_STATE, () -> {
            fixture.outbox.offer(state("the last of the burst"));
            fixture.outbox.offer(late);
            return false;
        });
        fixture.outbox.flush();
        fixture.advance(Outbox.PAUSE_MS - 1);
        assertThat(fixture.sent).hasSize(Outbox.BURST);
        fixture.advance(1);
        assertThat(fixture.events()).hasSize(Outbox.BURST + 1).endsWith(late);
    }

    @Test
    void underLoadChangesWithinAMomentLeaveTogether() {
        tellOthersMuch();
        Notification last = state("b");
        fixture.send(state("first"), state("a"), state("b"), last);
        fixture.advance(GATHER_MS - 1);
        assertThat(fixture.sent).hasSize(1);
        fixture.advance(1);
        assertThat(fixture.events()).hasSize(3).endsWith(last);
        assertThat(fixture.losses.coalesced.sum()).isOne();
    }

    @Test
    void afterThatMomentAnyFlushSends() {
        tellOthersMuch();
        fixture.send(state("first"), state("a"));
        fixture.clock.advance(GATHER_MS);
        fixture.send(state("b"));
        assertThat(fixture.sent).hasSize(3);
    }

    @Test
    void underLoadAQuietSubscriberIsNotifiedAtOnce() {
        tellOthersMuch();
        for (int i = 0; i < 3; i++) {
            fixture.send(state("a"));
            assertThat(fixture.sent).hasSize(i + 1);
            fixture.advance(GATHER_MS);
        }
    }

    @Test
    void anotherPaceDoesNotSendGatheredChanges() {
        tellOthersMuch();
        fixture.send(state("first"), state("a"));
        fixture.outbox.setPace(new Pace(100, 0));
        assertThat(fixture.sent).hasSize(1);
        fixture.advance(GATHER_MS);
        assertThat(fixture.sent).hasSize(2);
    }

    private void tellOthersMuch() {
        fixture.flow.restNanos(Integer.MAX_VALUE, fixture.clock.monotonicNanos());
        fixture.advance(BatchDelay.LOOK_MS);
    }
}
