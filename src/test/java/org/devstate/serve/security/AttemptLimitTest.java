// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AttemptLimitTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AttemptLimit limit = new AttemptLimit(3, Duration.ofSeconds(10), now::get);

    private void advance(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }

    @Test
    void someAttemptsAreFreeAtOnceAndThenOneInEachPeriod() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(10));
        advance(9);
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(1));
        advance(1);
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void afterAPauseAllAreFreeAgain() {
        for (int i = 0; i < 3; i++) {
            limit.count("a");
        }
        advance(3_000);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void clientsAreCountedApart() {
        for (int i = 0; i < 5; i++) {
            limit.count("a");
        }
        assertThat(limit.pause("a")).isPositive();
        assertThat(limit.pause("b")).isZero();
    }

    @Test
    void clientsThatWereAwayLongestAreForgotten() {
        for (int i = 0; i < 5; i++) {
            limit.count("a");
        }
        for (int i = 0; i < 10_000; i++) {
            limit.count("b" + i);
        }
        assertThat(limit.pause("a")).isZero();
    }
}
