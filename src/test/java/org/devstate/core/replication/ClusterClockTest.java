// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class ClusterClockTest {

    private final ManualClock own = new ManualClock();
    private final ClusterClock clock = new ClusterClock(own);

    @Test
    void aClockAloneShowsItsOwnTime() {
        own.advance(17);
        assertThat(clock.wallMs()).isEqualTo(1_000_017);
        assertThat(clock.monotonicNanos()).isEqualTo(17_000_000);
        assertThat(clock.behindMs()).isZero();
    }

    @Test
    void aClockThatIsBehindIsSetForward() {
        clock.follow(1_000_030);
        assertThat(clock.wallMs()).isEqualTo(1_000_030);
        assertThat(clock.behindMs()).isEqualTo(30);
        own.advance(5);
        assertThat(clock.wallMs()).isEqualTo(1_000_035);
        assertThat(clock.monotonicNanos()).isEqualTo(5_000_000);
    }

    @Test
    void theClockThatIsAheadOfAllOthersCounts() {
        clock.follow(1_000_030);
        clock.follow(1_000_020);
        assertThat(clock.behindMs()).isEqualTo(30);
        clock.follow(1_000_040);
        assertThat(clock.behindMs()).isEqualTo(40);
    }

    @Test
    void aClockIsNeverSetBack() {
        clock.follow(999_000);
        assertThat(clock.wallMs()).isEqualTo(1_000_000);
        assertThat(clock.behindMs()).isZero();
    }

    @Test
    void aClockThatIsAMinuteAheadIsFollowed() {
        clock.follow(1_060_000);
        assertThat(clock.behindMs()).isEqualTo(60_000);
    }

    @Test
    void aClockThatIsFurtherAheadIsNot() {
        clock.follow(1_060_001);
        assertThat(clock.behindMs()).isZero();
        assertThat(clock.wallMs()).isEqualTo(1_000_000);
    }

    @Test
    void severalClocksTogetherSetItNoFurtherThanAMinute() {
        clock.follow(1_050_000);
        clock.follow(1_070_000);
        assertThat(clock.behindMs()).isEqualTo(50_000);
    }
}
