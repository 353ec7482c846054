// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.core.settings.SettingType.Choice;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.SettingType.Text;
import org.devstate.core.settings.SettingType.Texts;
import org.devstate.core.settings.SettingType.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values each type of setting accepts, and how it describes them to users. */
final class SettingTypeTest {

    private static final Numbers NUMBERS = new Numbers(1, 9, 5);
    private static final Times SECONDS_OF_A_DAY = new Times(1_000, 86_400_000, 30_000, SECONDS);
    private static final Times MILLIS = new Times(0, 1_500, 250, MILLISECONDS);
    private static final Choice CHOICE = new Choice(List.of("on", "off"), "on");
    private static final Text TEXT = new Text("digits", "\\d+", "1");

    @Test
    void aNumberWithinTheRangeIsAccepted() {
        assertThat(NUMBERS.check("n", 1)).isEqualTo(1);
        assertThat(NUMBERS.check("n", 9)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"0", "10"})
    void aNumberOutsideOfTheRangeIsNamedWithTheRange(long value) {
        assertThatThrownBy(() -> NUMBERS.check("n", value)).hasMessage("n must be within 1..9, not " + value);
    }

    @Test
    void aNumberIsDescribedByItsRangeAndItsDefault() {
        assertThat(NUMBERS.range(SettingPlace.PLUGIN)).isEqualTo("1 to 9");
        assertThat(NUMBERS.fallback(SettingPlace.PLUGIN)).isEqualTo("5");
    }

    @Test
    void aTimeWithinTheRangeIsAccepted() {
        assertThat(SECONDS_OF_A_DAY.check("t", 1_000)).isEqualTo(1_000);
        assertThat(SECONDS_OF_A_DAY.check("t", 86_400_000)).isEqualTo(86_400_000);
        assertThat(SECONDS_OF_A_DAY.check("t", 2_000, "two")).isEqualTo(2_000);
        assertThat(SECONDS_OF_A_DAY.checkInComponent("t", 2_000)).isEqualTo(2_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "999, 999 ms", "86400001, 86400001 ms", "86401000, 86401 s"})
    void aTimeOutsideOfTheRangeIsNamedInItsUnitIfThatIsExact(long ms, String written) {
        assertThatThrownBy(() -> SECONDS_OF_A_DAY.check("t", ms))
                .hasMessage("t must be within 1..86400 s, not " + written);
    }

    @Test
    void aTimeOutsideOfTheRangeIsNamedAsTheUserHasWrittenIt() {
        assertThatThrownBy(() -> MILLIS.check("t", 1_501, "1.501 s"))
                .hasMessage("t must be within 0..1500 ms, not 1.501 s");
        assertThatThrownBy(() -> SECONDS_OF_A_DAY.checkInComponent("t", 90_000_000))
                .hasMessage("t must be within 1s..1d, not 25h");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ms",
        "1000, 1s",
        "1500, 1500ms",
        "90000, 90s",
        "3600000, 1h",
        "7200000, 2h",
        "86400000, 1d",
        "90000000, 25h",
        "172800000, 2d"
    })
    void aTimeOfTheComponentIsWrittenInTheLargestUnitThatIsExact(long ms, String written) {
        Times any = new Times(0, ms, ms, MILLISECONDS);
        assertThat(any.fallback(SettingPlace.COMPONENT)).isEqualTo(written);
        assertThat(any.range(SettingPlace.COMPONENT)).isEqualTo("0s to " + written);
    }

    @Test
    void aTimeIsDescribedWithItsUnitOutsideOfTheComponent() {
        assertThat(SECONDS_OF_A_DAY.range(SettingPlace.SITE)).isEqualTo("1 to 86400 s");
        assertThat(SECONDS_OF_A_DAY.range(SettingPlace.PLUGIN)).isEqualTo("1 to 86400 seconds");
        assertThat(MILLIS.range(SettingPlace.SITE)).isEqualTo("0 to 1500 ms");
        assertThat(MILLIS.range(SettingPlace.PLUGIN)).isEqualTo("0 to 1500 milliseconds");
    }

    @Test
    void theDefaultOfATimeHasItsUnitOnlyInASite() {
        assertThat(SECONDS_OF_A_DAY.fallback(SettingPlace.SITE)).isEqualTo("30 s");
        assertThat(SECONDS_OF_A_DAY.fallback(SettingPlace.PLUGIN)).isEqualTo("30");
        assertThat(MILLIS.fallback(SettingPlace.SITE)).isEqualTo("250 ms");
        assertThat(MILLIS.fallback(SettingPlace.PLUGIN)).isEqualTo("250");
    }

    @ParameterizedTest
    @CsvSource({"-1, none", "0, 0"})
    void aNegativeDefaultOfATimeIsNone(long fallback, String written) {
        assertThat(new Times(0, 10, fallback, TimeUnit.MILLISECONDS).fallback(SettingPlace.PLUGIN))
                .isEqualTo(written);
    }

    @Test
    void aChoiceAcceptsItsWordsAlone() {
        assertThat(CHOICE.check("c", "off")).isEqualTo("off");
        assertThatThrownBy(() -> CHOICE.check("c", "Off")).hasMessage("c must be one of on, off, not 'Off'");
        assertThat(CHOICE.range(SettingPlace.SITE)).isEqualTo("on, off");
        assertThat(CHOICE.fallback(SettingPlace.SITE)).isEqualTo("on");
    }

    @Test
    void aTextHasToMatchItsPattern() {
        assertThat(TEXT.check("x", "12")).isEqualTo("12");
        assertThatThrownBy(() -> TEXT.check("x", "a")).hasMessage("x must be digits, not 'a'");
        assertThat(TEXT.range(SettingPlace.SITE)).isEqualTo("digits");
        assertThat(TEXT.fallback(SettingPlace.SITE)).isEqualTo("1");
    }

    @Test
    void aTextWithoutAPatternMayHaveSeveralLines() {
        Text any = Text.of("any text", "");
        assertThat(any.check("x", "one\ntwo")).isEqualTo("one\ntwo");
        assertThat(any.fallback(SettingPlace.SITE)).isEmpty();
    }

    @Test
    void aListIsEmptyByDefault() {
        Texts texts = new Texts("JIDs");
        assertThat(texts.range(SettingPlace.COMPONENT)).isEqualTo("JIDs");
        assertThat(texts.fallback(SettingPlace.COMPONENT)).isEqualTo("none");
    }
}
