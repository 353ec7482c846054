// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ClockTest {

    private final AtomicLong wallMs = new AtomicLong(1_000);
    private final AtomicLong nanos = new AtomicLong(-500); // System.nanoTime may be negative

    private final Clock clock = Clock.of(wallMs::get, nanos::get);

    @Test
    void elapsedTimeDoesNotDependOnTheOrigin() {
        assertThat(clock.monotonicNanos()).isZero();
        nanos.set(1_000);
        assertThat(clock.monotonicNanos()).isEqualTo(1_500);
    }

    @Test
    void wallTimeIsTheMachines() {
        assertThat(clock.wallMs()).isEqualTo(1_000);
        wallMs.set(7);
        assertThat(clock.wallMs()).isEqualTo(7);
    }
}
