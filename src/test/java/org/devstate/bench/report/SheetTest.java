// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.devstate.bench.report.Figure.Better;
import org.junit.jupiter.api.Test;

final class SheetTest {

    private final Sheet sheet = new Sheet();

    @Test
    void theMedianIsTheMiddleOrHalfwayBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
        assertThat(Spread.of(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(new Spread(3, 1, 9));
        assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("no values");
    }

    @Test
    void aRatioIsOfTheSameRoundAndNotOfTheMedians() {
        put("fast", 1, 10);
        put("slow", 1, 1);
        put("fast", 2, 30);
        put("slow", 2, 10);
        assertThat(sheet.ratio("rate", "fast", "slow")).contains(new Spread(6.5, 3, 10));
    }

    @Test
    void thereIsNoRatioIfOneHasNoFigure() {
        put("fast", 1, 10);
        put("slow", 2, 1);
        assertThat(sheet.ratio("rate", "fast", "slow")).isEmpty();
    }

    @Test
    void theTableShowsFailuresWithTheirReasons() {
        put("fast", 1, 10);
        sheet.fail(new Failure("rate", "slow", 1, "FAILED", "it ended"));
        assertThat(TextTable.of(sheet, "fast", "slow"))
                .containsPattern("rate +/s +FAILED +10\\.0")
                .contains("(!) rate, slow, round 1: it ended");
    }

    @Test
    void aComparisonShowsOnlyFiguresOfBoth() {
        put("fast", 1, 10);
        assertThat(TextTable.of(sheet, "fast", "slow")).contains("rate");
        assertThat(TextTable.ofBoth(sheet, "fast", "slow")).doesNotContain("rate");
        put("slow", 1, 5);
        assertThat(TextTable.ofBoth(sheet, "fast", "slow")).contains("rate");
    }

    @Test
    void aFigureOfErrorsIsMarked() {
        put("fast", 1, 10);
        put("slow", 1, 5);
        sheet.fail(new Failure("rate", "slow", 1, "WRONG", "3 final states are wrong"));
        assertThat(TextTable.of(sheet, "fast", "slow")).containsPattern("5\\.00 \\(!\\) +10\\.0 +x 2\\.00");
    }

    private void put(String server, int round, double value) {
        sheet.add(new Figure("rate", "/s", Better.HIGHER, server, round, value));
    }
}
