package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RateTest {

    private final Rate rate = new Rate();

    @Test
    void itIsTheAverageOverTheLastMinute() {
        rate.count(30, 5_000);
        rate.count(30, 6_999);

        assertThat(rate.perSecond(7_000)).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanAMinuteCountsNoMore() {
        rate.count(60, 5_000);
        rate.count(60, 10_000);

        assertThat(rate.perSecond(64_999)).isEqualTo(2);
        assertThat(rate.perSecond(65_000)).isEqualTo(1);
        assertThat(rate.perSecond(70_000)).isZero();
    }

    @Test
    void aLongSilenceIsOverAtOnce() {
        rate.count(60, 5_000);
        rate.count(120, 9_000_000_000_000L);

        assertThat(rate.perSecond(9_000_000_000_000L)).isEqualTo(2);
    }

    @Test
    void aClockThatGoesBackLosesNothing() {
        rate.count(60, 100_000);
        rate.count(60, 1_000);

        assertThat(rate.perSecond(2_000)).isEqualTo(2);
        assertThat(rate.perSecond(160_000)).isZero();
    }

    @Test
    void itIsWhatANaiveReckoningSays() {
        Random random = new Random(4);
        Deque<Long> seconds = new ArrayDeque<>();
        long nowMs = 1_700_000_000_000L;
        for (int i = 0; i < 20_000; i++) {
            nowMs += random.nextInt(random.nextInt(100) == 0 ? 90_000 : 700);
            rate.count(1, nowMs);
            seconds.add(nowMs / 1_000);
            long oldest = nowMs / 1_000 - Rate.SECONDS;
            seconds.removeIf(second -> second <= oldest);

            assertThat(rate.perSecond(nowMs)).isEqualTo((double) seconds.size() / Rate.SECONDS);
        }
    }
}
