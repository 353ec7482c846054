package org.devstate.core.admin.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnteredTest {

    private static final Form FORM = new Form(
            "A form",
            "",
            List.of(
                    Field.fixed("shown", "To be read", List.of("a line")),
                    Field.text("name", "Name", ""),
                    Field.lines("rules", "Rules", ""),
                    Field.yesNo("sure", "Sure", "")));

    private static Entered entered(String field, String... values) {
        return new Entered(FORM, Map.of(field, List.of(values)));
    }

    @Test
    void whoFillsInWhatThereIsNotIsToldWhatThereIs() {
        assertThat(entered("nome", "x").faults())
                .containsExactly("nome: there is no such field; there are name, rules, sure");
    }

    @Test
    void blankLinesAreLeftOutButForThoseWhoWantAll() {
        Entered entered = entered("rules", "one\n\n two", " ", "", "three");
        assertThat(entered.lines("rules")).containsExactly("one", " two", "three");
        assertThat(entered.allLines("rules")).containsExactly("one", "", " two", " ", "", "three");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "0, false", "false, false", "'', false"})
    void yesAndNoHaveTwoWordsEach(String text, boolean yes) {
        Entered entered = entered("sure", text);
        assertThat(entered.yes("sure")).isEqualTo(yes);
        assertThat(entered.isRight()).isTrue();
    }

    @Test
    void whatIsNeitherYesNorNoIsAFault() {
        Entered entered = entered("sure", "maybe");
        assertThat(entered.yes("sure")).isFalse();
        assertThat(entered.faults()).containsExactly("sure: is true or false, not 'maybe'");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 17})
    void aNumberIsTakenAtBothEdges(int number) {
        Entered entered = entered("name", Integer.toString(number));
        assertThat(entered.number("name", 3, 17)).isEqualTo(number);
        assertThat(entered.isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "18", "", "-4", "1234567890", "x"})
    void anyOtherIsAFaultAndTheLeastIsTakenForIt(String text) {
        Entered entered = entered("name", text);
        assertThat(entered.number("name", 3, 17)).isEqualTo(3);
        assertThat(entered.faults()).containsExactly("name: is a whole number within 3..17, not '" + text + "'");
    }
}
