// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ScheduleTest {

    @Test
    void timesAreEvenFromTheBeginning() {
        Schedule schedule = new Schedule(7_000, 1_000);
        assertThat(schedule.dueNanos(0)).isEqualTo(7_000);
        assertThat(schedule.dueNanos(1)).isEqualTo(1_007_000);
        assertThat(schedule.dueNanos(60_000)).isEqualTo(60_000_007_000L);
    }

    @Test
    void aFractionalRateDoesNotDrift() {
        Schedule schedule = new Schedule(0, 3);
        assertThat(schedule.dueNanos(3_000_000)).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void thereIsOneForEachTurnInATime() {
        assertThat(new Schedule(0, 250).within(2.5)).isEqualTo(625);
    }

    @Test
    void aRateOfZeroIsRejected() {
        assertThatThrownBy(() -> new Schedule(0, 0)).hasMessageContaining("perSecond");
        assertThatThrownBy(() -> new Schedule(0, Double.NaN)).hasMessageContaining("perSecond");
    }
}
