// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ends of a session have a pace: four in a row, from 5 s to 15 min apart, that differ by 5 s or a quarter at most. */
final class RecurringEndsTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/b");

    private final ManualClock clock = new ManualClock();
    private final RecurringEnds ends = new RecurringEnds(clock);

    @ParameterizedTest
    @CsvSource({
        "5000, 5000, 5000, 5000",
        "4999, 4999, 4999, 0",
        "900000, 900000, 900000, 900000",
        "900001, 900001, 900001, 0",
        "10000, 15000, 11000, 12000",
        "10000, 15001, 10999, 0",
        "90000, 115000, 95000, 100000",
        "90000, 115003, 95000, 0"
    })
    void threeIntervalsHaveAPaceOrNone(long first, long second, long third, long paceMs) {
        assertThat(ends.paceMs(ALICE)).isZero();
        assertThat(after(first)).isZero();
        assertThat(after(second)).isZero();
        assertThat(after(third)).isEqualTo(paceMs);
    }

    @Test
    void aPaceIsReportedOnce() {
        for (int i = 0; i < RecurringEnds.ENDS - 1; i++) {
            assertThat(after(10_000)).isZero();
        }
        assertThat(after(10_000)).isEqualTo(10_000);
        assertThat(after(10_000)).isZero();
    }

    @Test
    void aPaceThatShowsLaterIsReportedThen() {
        after(1_000);
        after(1_000);
        after(1_000);
        assertThat(after(1_000)).isZero();
        after(20_000);
        assertThat(after(20_000)).isZero();
        assertThat(after(20_000)).isEqualTo(20_000);
    }

    @Test
    void theEndsOfAnotherSessionDoNotCount() {
        for (int i = 0; i < RecurringEnds.ENDS - 1; i++) {
            after(10_000);
            assertThat(ends.paceMs(BOB)).isZero();
        }
        assertThat(after(10_000)).isEqualTo(10_000);
    }

    private long after(long ms) {
        clock.advance(ms);
        return ends.paceMs(ALICE);
    }
}
