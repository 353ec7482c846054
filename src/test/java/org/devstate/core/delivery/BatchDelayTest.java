// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BatchDelayTest {

    private static final int MANY_IN_A_LOOK = (int) (BatchDelay.MANY_PER_SECOND * BatchDelay.LOOK_MS / 1_000);

    private final BatchDelay gathering = new BatchDelay();
    private long nowMs = 7_000;

    BatchDelayTest() {
        restAfter(0); // the first look
    }

    @Test
    void fewChangesNeverWait() {
        for (int i = 0; i < 1_000; i++) {
            nowMs += BatchDelay.LOOK_MS;
            assertThat(restAfter(MANY_IN_A_LOOK)).isZero();
        }
    }

    @Test
    void manyChangesWaitFromTheNextLookUntilTheyEnd() {
        assertThat(restAfter(MANY_IN_A_LOOK)).isZero();
        nowMs += BatchDelay.LOOK_MS - 1;
        assertThat(restAfter(1)).isZero();
        nowMs++;
        for (int i = 0; i < 100; i++) {
            assertThat(restAfter(MANY_IN_A_LOOK)).isEqualTo(MILLISECONDS.toNanos(BatchDelay.GATHER_MS));
            nowMs += BatchDelay.LOOK_MS - 1;
            assertThat(restAfter(1)).isEqualTo(MILLISECONDS.toNanos(BatchDelay.GATHER_MS));
            nowMs++;
        }
    }

    @Test
    void noChangeWaitsAMomentAfterAFlood() {
        restAfter(100 * MANY_IN_A_LOOK);
        nowMs += BatchDelay.LOOK_MS;
        assertThat(restAfter(1)).isPositive();
        nowMs += BatchDelay.LOOK_MS;
        assertThat(restAfter(1)).isZero();
    }

    private long restAfter(int changes) {
        return gathering.restNanos(changes, MILLISECONDS.toNanos(nowMs));
    }
}
