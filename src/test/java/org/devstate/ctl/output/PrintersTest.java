package org.devstate.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerColumn;
import org.devstate.ctl.xmpp.AnswerNote;
import org.devstate.ctl.xmpp.AnswerTable;
import org.devstate.ctl.xmpp.AnswerValue;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintersTest {

    private static final AnswerTable SITES = new AnswerTable(
            List.of(
                    AnswerColumn.text("site"),
                    new AnswerColumn("entries", AnswerValue.Kind.NUMBER),
                    AnswerColumn.text("value"),
                    new AnswerColumn("suspended", AnswerValue.Kind.YES_NO)),
            List.of(List.of("paris", "12", "12", "true"), List.of("München", "", "a\nb", "0")));

    private static final Answer MIXED = Answer.of(
            List.of(new AnswerNote(AnswerNote.Kind.INFO, "done"), new AnswerNote(AnswerNote.Kind.WARN, "no")),
            List.of(
                    AnswerValue.text("account", "pbx1@x.net"),
                    new AnswerValue("new", AnswerValue.Kind.YES_NO, List.of("1")),
                    AnswerValue.lines("xmpp.conf", List.of("[xmpp]", "", "a = \"b\"")),
                    AnswerValue.lines("todo", List.of())),
            null);

    private static String print(Printer printer, Answer answer) {
        StringWriter out = new StringWriter();
        printer.print(answer, new PrintWriter(out, true));
        return out.toString();
    }

    private static Answer only(AnswerTable table) {
        return Answer.of(List.of(), List.of(), table);
    }

    @Test
    void columnsAreAlignedAndNoCellIsEmpty() {
        assertThat(print(new TablePrinter(), only(SITES)).lines())
                .containsExactly(
                        "site     entries  value  suspended",
                        "paris    12       12     yes",
                        "München  -        a\\nb   no");
    }

    @Test
    void wideAndCombiningCharactersCountAsTheTerminalShowsThem() {
        AnswerTable table = AnswerTable.ofText(
                List.of("id", "x"), List.of(List.of("東京", "1"), List.of("e\u0301", "2"), List.of("😀", "3")));
        assertThat(print(new TablePrinter(), only(table)).lines())
                .containsExactly("id    x", "東京  1", "e\u0301     2", "😀    3");
    }

    @Test
    void linesStandBelowTheirNameAsTheyAre() {
        assertThat(print(new TablePrinter(), MIXED).lines())
                .containsExactly(
                        "account  pbx1@x.net", "new      yes", "", "# xmpp.conf", "[xmpp]", "", "a = \"b\"", "done");
    }

    @Test
    void whereThereAreLinesOnlyTheyBeginAtTheTop() {
        Answer lines = Answer.of(
                List.of(), List.of(AnswerValue.lines("a", List.of("1")), AnswerValue.lines("b", List.of("2"))), null);
        assertThat(print(new TablePrinter(), lines).lines()).containsExactly("# a", "1", "", "# b", "2");
    }

    @Test
    void aTableInJsonIsAnArrayOfObjectsWithNumbersWhereNumbersAreMeant() {
        assertThat(print(new JsonPrinter(), only(SITES)))
                .isEqualToIgnoringWhitespace("[{\"site\":\"paris\",\"entries\":12,\"value\":\"12\",\"suspended\":true},"
                        + "{\"site\":\"München\",\"entries\":null,\"value\":\"a\\nb\",\"suspended\":false}]");
    }

    @Test
    void anEmptyTableInJsonIsAnEmptyArray() {
        assertThat(print(new JsonPrinter(), only(AnswerTable.ofText(List.of("a"), List.of()))))
                .isEqualToIgnoringWhitespace("[]");
    }

    @Test
    void allElseInJsonIsOneObject() {
        assertThat(print(new JsonPrinter(), MIXED))
                .isEqualToIgnoringWhitespace("{\"account\":\"pbx1@x.net\",\"new\":true,\"xmpp.conf\":[\"[xmpp]\",\"\","
                        + "\"a = \\\"b\\\"\"],\"todo\":[],\"notes\":[\"done\"]}");
    }

    @Test
    void aTableInAFieldIsATableToPeopleAndObjectsToPrograms() {
        Answer answer = Answer.of(
                List.of(),
                List.of(
                        new AnswerValue("count", AnswerValue.Kind.NUMBER, List.of("2")),
                        new AnswerValue(
                                "receivers",
                                AnswerValue.Kind.ROWS,
                                List.of("site\tsession", "paris\ta@b/c", "berlin\t"))),
                null);
        assertThat(print(new TablePrinter(), answer).lines())
                .containsExactly("count  2", "", "# receivers", "site    session", "paris   a@b/c", "berlin  -");
        assertThat(print(new JsonPrinter(), answer))
                .isEqualToIgnoringWhitespace("{\"count\":2,\"receivers\":[{\"site\":\"paris\",\"session\":\"a@b/c\"},"
                        + "{\"site\":\"berlin\",\"session\":\"\"}]}");
    }

    @Test
    void whatIsNoNumberIsAStringEvenWhereANumberBelongs() {
        Answer answer =
                Answer.of(List.of(), List.of(new AnswerValue("lag", AnswerValue.Kind.NUMBER, List.of("1e9x"))), null);
        assertThat(print(new JsonPrinter(), answer)).isEqualToIgnoringWhitespace("{\"lag\":\"1e9x\"}");
    }

    @Test
    void errorsAndWarningsInJsonAreObjects() {
        StringWriter err = new StringWriter();
        new JsonPrinter().warn("mind \"this\"", new PrintWriter(err, true));
        new JsonPrinter().fail(Failure.rejected("a: 1\nb: 2"), new PrintWriter(err, true));
        assertThat(err.toString().lines())
                .containsExactly(
                        "{\"warning\": \"mind \\\"this\\\"\"}", "{\"errors\": [\"a: 1\", \"b: 2\"], \"status\": 1}");
    }

    @Test
    void aTableAmongOtherThingsInJsonIsItsRows() {
        assertThat(print(new JsonPrinter(), MIXED.with(SITES))).contains("\"rows\": [", "\"account\": ");
    }

    @ParameterizedTest
    @CsvSource({
        "'a\tb', 'a\\tb'",
        "'a\rb', 'a\\rb'",
        "'\u001b[2J', '\\u001b[2J'",
        "'\u202eabc', '\\u202eabc'",
        "'\u2028', '\\u2028'",
        "'\u009b', '\\u009b'",
        "'\ud800', '\\ud800'",
        "'\udb40\udc01', '\\udb40\\udc01'",
        "'ä東', 'ä東'"
    })
    void whatMovesTheCursorOrHidesOthersIsEscapedInEveryOutput(String text, String shown) {
        AnswerTable table = AnswerTable.ofText(List.of("a"), List.of(List.of(text)));
        assertThat(print(new TablePrinter(), only(table))).contains(shown);
        assertThat(print(new JsonPrinter(), only(table))).contains('"' + shown + '"');
        assertThat(TerminalText.of(text)).isEqualTo(shown);
    }
}
