// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.devstate.core.model.Account;
import org.junit.jupiter.api.Test;

final class RateTest {

    private static final int MINUTE = Rate.TICKS;

    private final Rate rate = new Rate(1);

    @Test
    void itIsTheAverageOverTheLastMinute() {
        rate.count(MINUTE / 2, 5);
        rate.count(MINUTE / 2, 6);

        assertThat(rate.perSecond(7)).isEqualTo(1);
    }

    @Test
    void aLongerTickIsAsMuchLessASecond() {
        Rate slow = new Rate(2);
        slow.count(MINUTE, 5);

        assertThat(slow.perSecond(5)).isEqualTo(0.5);
    }

    @Test
    void eventsOlderThanAMinuteDoNotCount() {
        rate.count(MINUTE, 5);
        rate.count(MINUTE, 10);

        assertThat(rate.perSecond(4 + MINUTE)).isEqualTo(2);
        assertThat(rate.perSecond(5 + MINUTE)).isEqualTo(1);
        assertThat(rate.perSecond(10 + MINUTE)).isZero();
    }

    @Test
    void aLongSilenceIsOverAtOnce() {
        rate.count(MINUTE, 5);
        rate.count(2 * MINUTE, 9_000_000_000_000L);

        assertThat(rate.perSecond(9_000_000_000_000L)).isEqualTo(2);
    }

    @Test
    void aClockThatGoesBackLosesNothing() {
        rate.count(MINUTE, 100);
        rate.count(MINUTE, 1);

        assertThat(rate.perSecond(2)).isEqualTo(2);
        assertThat(rate.perSecond(100 + MINUTE)).isZero();
    }

    @Test
    void itEqualsANaiveComputation() {
        Random random = new Random(4);
        Deque<Long> ticks = new ArrayDeque<>();
        long tick = 1_700_000_000;
        for (int i = 0; i < 20_000; i++) {
            tick += random.nextInt(random.nextInt(100) == 0 ? 90 : 2);
            rate.count(1, tick);
            ticks.add(tick);
            long oldest = tick - MINUTE;
            ticks.removeIf(each -> each <= oldest);

            assertThat(rate.perSecond(tick)).isEqualTo((double) ticks.size() / MINUTE);
        }
    }

    @Test
    void eachAccountHasItsOwnRateOfAboutAMinute() {
        Rates rates = new Rates();
        for (int i = 0; i < 200; i++) {
            rates.count(Account.of("one@example.net"), 1_000_000 + i * 1_000L);
        }

        assertThat(rates.perSecond(Account.of("one@example.net"), 1_199_000)).isCloseTo(1, within(0.05));
        assertThat(rates.perSecond(Account.of("other@example.net"), 1_199_000)).isZero();
        assertThat(rates.perSecond(Account.of("one@example.net"), 1_270_000)).isZero();
    }

    @Test
    void accountsBeyondThoseThatCanBeRememberedAreNotCounted() {
        Rates rates = new Rates();
        for (int i = 0; i <= Rates.MOST; i++) {
            rates.count(Account.of("a" + i), 1_000);
        }

        assertThat(rates.perSecond(Account.of("a" + (Rates.MOST - 1)), 1_000)).isPositive();
        assertThat(rates.perSecond(Account.of("a" + Rates.MOST), 1_000)).isZero();
        double before = rates.perSecond(Account.of("a0"), 1_000);
        rates.count(Account.of("a0"), 1_000);
        assertThat(rates.perSecond(Account.of("a0"), 1_000)).isEqualTo(2 * before);
    }
}
