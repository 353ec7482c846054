// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaceTest {

    @Test
    void byDefaultTheWindowIsATenthOfASecondWithoutARateLimit() {
        assertThat(Pace.DEFAULT).isEqualTo(new Pace(100, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "60000, 1000000"})
    void theEdgesOfTheRangesAreAccepted(int windowMs, int ratePerSecond) {
        Pace pace = new Pace(windowMs, ratePerSecond);
        assertThat(pace.windowNanos()).isEqualTo(windowMs * 1_000_000L);
        assertThat(pace.ratePerSecond()).isEqualTo(ratePerSecond);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, window, -1 ms", "60001, 0, window, 60001 ms", "0, -1, rate, -1", "0, 1000001, rate, 1000001"})
    void valuesOutOfRangeAreRejectedByName(int windowMs, int ratePerSecond, String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pace(windowMs, ratePerSecond))
                .withMessageStartingWith(name)
                .withMessageEndingWith(" not " + value);
    }
}
