// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class HostFlowTest {

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger waiting = new AtomicInteger();
    private final HostFlow flow = new HostFlow(clock, waiting::get);

    @Test
    void withoutARateAllMayLeave() {
        flow.spend(1_000_000);
        assertThat(flow.allow(200, clock.monotonicNanos())).isEqualTo(200);
    }

    @Test
    void allSubscribersShareOneCredit() {
        flow.setRate(10_000);
        assertThat(flow.allow(1_000, clock.monotonicNanos())).isEqualTo(200); // the credit of 20 ms
        flow.spend(150);
        assertThat(flow.allow(1_000, clock.monotonicNanos())).isEqualTo(50);
        flow.spend(60); // two at once may overdraw it
        assertThat(flow.allow(1_000, clock.monotonicNanos())).isZero();
        assertThat(flow.nextNanos(200, clock.monotonicNanos()))
                .isEqualTo(clock.monotonicNanos() + MILLISECONDS.toNanos(21));
        clock.advance(21);
        assertThat(flow.allow(1_000, clock.monotonicNanos())).isEqualTo(200);
    }

    @Test
    void aRequestAboveTheCreditDoesNotWaitForEver() {
        flow.setRate(100);
        flow.spend(flow.allow(200, clock.monotonicNanos()));
        assertThat(flow.nextNanos(200, clock.monotonicNanos()))
                .isEqualTo(clock.monotonicNanos() + MILLISECONDS.toNanos(20));
        clock.advance(20);
        assertThat(flow.allow(200, clock.monotonicNanos())).isEqualTo(2);
    }

    @Test
    void whileManyWaitInTheHostNothingLeaves() {
        waiting.set(HostFlow.MANY_WAITING - 1);
        assertThat(flow.allow(200, clock.monotonicNanos())).isEqualTo(200);
        waiting.set(HostFlow.MANY_WAITING);
        assertThat(flow.allow(200, clock.monotonicNanos())).isZero();
        assertThat(flow.nextNanos(200, clock.monotonicNanos()))
                .isEqualTo(clock.monotonicNanos() + MILLISECONDS.toNanos(HostFlow.LOOK_AGAIN_MS));
    }
}
