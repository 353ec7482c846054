// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.devstate.core.testing.AdminFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmittedFormTest {

    private static final Form FORM = new Form(
            "A form",
            "Fill it in.",
            List.of(
                    Field.fixed("shown", "What is shown", List.of("a line")),
                    Field.text("max", "At most", "How many."),
                    Field.yesNo("confirm", "Really", "Whether."),
                    Field.lines("rules", "Rules", "A line each.")));

    private static SubmittedForm entered(String field, String value) {
        return new SubmittedForm(FORM, Map.of(field, List.of(value)), AdminFixture.ADMIN.bare());
    }

    @Test
    void unknownFieldsAreReportedWithTheKnownOnes() {
        assertThat(entered("hue", "red").faults())
                .containsExactly("hue: unknown field; the fields are max, confirm, rules");
    }

    @Test
    void linesOfBlanksAreNone() {
        assertThat(entered("rules", "allow *\n  \n\ndeny *").lines("rules")).containsExactly("allow *", "deny *");
    }

    @Test
    void allLinesAreThereHoweverTheyAreDividedIntoValues() {
        SubmittedForm entered = new SubmittedForm(
                FORM, Map.of("rules", List.of("one\n\n two", " ", "", "three")), AdminFixture.ADMIN.bare());

        assertThat(entered.allLines("rules")).containsExactly("one", "", " two", " ", "", "three");
        assertThat(entered.lines("rules")).containsExactly("one", " two", "three");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "false, false", "0, false", "'', false"})
    void yesAndNoAreWrittenInTwoWays(String text, boolean yes) {
        SubmittedForm entered = entered("confirm", text);

        assertThat(entered.yes("confirm")).isEqualTo(yes);
        assertThat(entered.isRight()).isTrue();
    }

    @Test
    void aBooleanThatIsNeitherYesNorNoIsNo() {
        SubmittedForm entered = entered("confirm", "maybe");

        assertThat(entered.yes("confirm")).isFalse();
        assertThat(entered.faults()).containsExactly("confirm: must be true or false, not 'maybe'");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9})
    void aNumberIsWithinItsRangeTheEndsIncluded(int number) {
        SubmittedForm entered = entered("max", Integer.toString(number));

        assertThat(entered.number("max", 2, 9)).isEqualTo(number);
        assertThat(entered.isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10", "-3", "two", "", "99999999999"})
    void anInvalidNumberCountsAsTheLeastOne(String text) {
        SubmittedForm entered = entered("max", text);

        assertThat(entered.number("max", 2, 9)).isEqualTo(2);
        assertThat(entered.faults()).containsExactly("max: must be a whole number within 2..9, not '" + text + "'");
    }
}
