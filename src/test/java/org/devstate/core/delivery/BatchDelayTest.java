// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchDelayTest {

    private static final int PROCESSORS = 2;
    private static final int MOST_IN_A_LOOK =
            (int) (PROCESSORS * BatchDelay.GOES_PER_PROCESSOR * BatchDelay.LOOK_MS / 1_000);
    private static final long LEAST_NANOS = MICROSECONDS.toNanos(BatchDelay.LEAST_MICROS);
    private static final long MOST_NANOS = MICROSECONDS.toNanos(BatchDelay.MOST_MICROS);

    private final BatchDelay gathering = new BatchDelay(PROCESSORS);
    private long nowNanos = 7_000_000_000L;

    BatchDelayTest() {
        restAfter(0); // the first look
    }

    @Test
    void asManyChangesAsThereMayBeGoesNeverWait() {
        for (int i = 0; i < 1_000; i++) {
            advance(BatchDelay.LOOK_MS);
            assertThat(restAfter(MOST_IN_A_LOOK)).isZero();
        }
    }

    @Test
    void oneMoreWaitsFromTheNextLookUntilThereAreFewer() {
        assertThat(restAfter(MOST_IN_A_LOOK)).isZero();
        advance(BatchDelay.LOOK_MS - 1);
        assertThat(restAfter(0)).isZero();
        advance(1);
        for (int i = 0; i < 100; i++) {
            assertThat(restAfter(1)).isEqualTo(LEAST_NANOS);
            assertThat(restAfter(MOST_IN_A_LOOK)).isEqualTo(LEAST_NANOS);
            advance(BatchDelay.LOOK_MS);
        }
        assertThat(restAfter(1)).isEqualTo(LEAST_NANOS);
        advance(BatchDelay.LOOK_MS);
        assertThat(restAfter(1)).isZero();
    }

    /** Subscribers that receive a change each 100 microseconds: one go for each and delay, if there is a delay. */
    @ParameterizedTest
    @CsvSource({"5, 625", "10, 1250", "50, 6250", "300, 37500", "1000, 125000", "3000, 200000"})
    void theDelayIsSuchThatThereAreAsManyGoesAsThereMayBe(int subscribers, long micros) {
        long delayNanos = 0;
        for (int i = 0; i < 500; i++) {
            long stepNanos = Math.max(delayNanos, 100_000);
            int changes = (int) (stepNanos / 100_000);
            for (int subscriber = 0; subscriber < subscribers; subscriber++) {
                delayNanos = restAfter(changes);
            }
            nowNanos += stepNanos;
        }
        assertThat(delayNanos).isBetween(MICROSECONDS.toNanos(micros) * 2 / 3, MICROSECONDS.toNanos(micros) * 3 / 2);
        assertThat(delayNanos).isBetween(LEAST_NANOS, MOST_NANOS);
    }

    private void advance(long ms) {
        nowNanos += MILLISECONDS.toNanos(ms);
    }

    private long restAfter(int changes) {
        return gathering.restNanos(changes, nowNanos);
    }
}
