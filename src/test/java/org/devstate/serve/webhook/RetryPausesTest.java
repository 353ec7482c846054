// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPausesTest {

    private static long pauseMs(double random, int failures, long leastMs) {
        RandomGenerator fixed = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return random;
            }
        };
        return Duration.ofNanos(new RetryPauses(fixed).nextNanos(failures, Duration.ofMillis(leastMs)))
                .toMillis();
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,1000",
        "0,2,2000",
        "0,3,4000",
        "0,6,32000",
        "0,7,60000",
        "0,8,60000",
        "0,1000,60000",
        "0.5,1,750",
        "0.5,1000,45000"
    })
    void thePauseDoublesUpToAMinuteAndARandomHalfIsLeftOut(double random, int failures, long expectedMs) {
        assertThat(pauseMs(random, failures, 0)).isEqualTo(expectedMs);
    }

    @ParameterizedTest
    @CsvSource({"500,1000", "90000,90000"})
    void aLongerPauseThatTheEndpointAsksForIsMade(long leastMs, long expectedMs) {
        assertThat(pauseMs(0, 1, leastMs)).isEqualTo(expectedMs);
    }
}
