// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.hints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

    private static final List<String> NAMES = List.of("paris", "berlin", "bern", "hq");

    @ParameterizedTest
    @CsvSource({
        "pariss, paris",
        "aris, paris",
        "prais, ",
        "berin, berlin",
        "bert, bern",
        "b, ",
        "hq1, hq",
        "london, ",
        "'', ",
        "paris, paris",
    })
    void theNearestNameTakesTheFewestEditsAndNotTooMany(String name, String nearest) {
        assertThat(NearestName.of(name, NAMES)).isEqualTo(nearest);
    }
}
