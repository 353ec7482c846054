// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReconnectPausesTest {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(-7);
    private final ReconnectPauses pauses = new ReconnectPauses(SHORTEST, LONGEST, Clock.of(() -> 0, nanos::get));

    @BeforeEach
    void lose() {
        pauses.begin();
    }

    @Test
    void pausesAreSteadyForTheFirstMinute() {
        assertThat(pausesFor(Duration.ofMinutes(1))).hasSize(600).containsOnly(SHORTEST);
    }

    @Test
    void pausesThenGrowToTheLongest() {
        pausesFor(Duration.ofMinutes(1));

        assertThat(pausesFor(Duration.ofSeconds(20)).stream().map(Duration::toMillis))
                .startsWith(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    @Test
    void aFurtherLossBeginsAnotherMinute() {
        pausesFor(Duration.ofHours(1));
        pauses.begin();

        assertThat(pausesFor(Duration.ofSeconds(59))).containsOnly(SHORTEST);
    }

    private List<Duration> pausesFor(Duration time) {
        List<Duration> all = new ArrayList<>();
        long end = nanos.get() + time.toNanos();
        while (nanos.get() < end) {
            Duration pause = pauses.next();
            nanos.addAndGet(pause.toNanos());
            all.add(pause);
        }
        return all;
    }
}
