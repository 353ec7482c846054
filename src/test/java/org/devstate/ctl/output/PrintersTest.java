// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintersTest {

    private static final Table SITES = new Table(
            List.of(
                    Column.text("site"),
                    new Column("entries", Field.Type.NUMBER),
                    Column.text("value"),
                    new Column("suspended", Field.Type.YES_NO)),
            List.of(List.of("paris", "12", "12", "true"), List.of("München", "", "a\nb", "0")));

    private static final Result MIXED = new Result(
            "",
            List.of(Note.info("done"), Note.warn("no")),
            List.of(
                    Field.text("account", "", "").with("pbx1@x.net"),
                    Field.yesNo("new", "", "").with("1"),
                    Field.lines("xmpp.conf", "", "").with(List.of("[xmpp]", "", "a = \"b\"")),
                    Field.lines("todo", "", "").with(List.of())),
            List.of());

    private static String print(Printer printer, Result result) {
        StringWriter out = new StringWriter();
        printer.print(result, new PrintWriter(out, true));
        return out.toString();
    }

    private static Result only(Table table) {
        return Result.of("", table);
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
        Table table = Table.of("id", "x")
                .row("東京", "1")
                .row("e\u0301", "2")
                .row("😀", "3")
                .build();
        assertThat(print(new TablePrinter(), only(table)).lines())
                .containsExactly("id    x", "東京  1", "e\u0301     2", "😀    3");
    }

    @Test
    void linesArePrintedBelowTheirNameUnchanged() {
        assertThat(print(new TablePrinter(), MIXED).lines())
                .containsExactly(
                        "account  pbx1@x.net", "new      yes", "", "# xmpp.conf", "[xmpp]", "", "a = \"b\"", "done");
    }

    @Test
    void linesAloneBeginAtTheTop() {
        Result lines = Result.of(
                "",
                List.of(
                        Field.lines("a", "", "").with(List.of("1")),
                        Field.lines("b", "", "").with(List.of("2"))));
        assertThat(print(new TablePrinter(), lines).lines()).containsExactly("# a", "1", "", "# b", "2");
    }

    @Test
    void aTableInJsonIsAnArrayOfObjectsWithNumbers() {
        assertThat(print(new JsonPrinter(), only(SITES)))
                .isEqualToIgnoringWhitespace("[{\"site\":\"paris\",\"entries\":12,\"value\":\"12\",\"suspended\":true},"
                        + "{\"site\":\"München\",\"entries\":null,\"value\":\"a\\nb\",\"suspended\":false}]");
    }

    @Test
    void anEmptyTableInJsonIsAnEmptyArray() {
        assertThat(print(new JsonPrinter(), only(Table.of("a").build()))).isEqualToIgnoringWhitespace("[]");
    }

    @Test
    void otherAnswersInJsonAreOneObject() {
        assertThat(print(new JsonPrinter(), MIXED))
                .isEqualToIgnoringWhitespace("{\"account\":\"pbx1@x.net\",\"new\":true,\"xmpp.conf\":[\"[xmpp]\",\"\","
                        + "\"a = \\\"b\\\"\"],\"todo\":[],\"notes\":[\"done\"]}");
    }

    @Test
    void aTableInAFieldIsATableToPeopleAndObjectsToPrograms() {
        Table subscribers = Table.of("site", "session")
                .row("paris", "a@b/c")
                .row("berlin", "")
                .build();
        Result result =
                Result.of("", List.of(Field.number("count", "", "2"))).with(subscribers.named("subscribers", ""));
        assertThat(print(new TablePrinter(), result).lines())
                .containsExactly("count  2", "", "# subscribers", "site    session", "paris   a@b/c", "berlin  -");
        assertThat(print(new JsonPrinter(), result))
                .isEqualToIgnoringWhitespace("{\"count\":2,\"subscribers\":[{\"site\":\"paris\",\"session\":\"a@b/c\"},"
                        + "{\"site\":\"berlin\",\"session\":\"\"}]}");
    }

    @Test
    void aDurationInJsonIsANumberAndATimeIsAString() {
        Table table = Table.of()
                .time("time")
                .duration("lag-ms")
                .row("2026-11-25T08:30:00.000Z", "12")
                .row("", "")
                .build();
        assertThat(print(new JsonPrinter(), only(table)).lines())
                .containsExactly(
                        "[",
                        "  {\"time\": \"2026-11-25T08:30:00.000Z\", \"lag-ms\": 12},",
                        "  {\"time\": \"\", \"lag-ms\": null}",
                        "]");
    }

    @Test
    void anInvalidNumberInJsonIsAString() {
        Result result = Result.of("", List.of(Field.number("lag", "", "1e9x")));
        assertThat(print(new JsonPrinter(), result)).isEqualToIgnoringWhitespace("{\"lag\":\"1e9x\"}");
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
    void aTableBesideFieldsInJsonIsItsRows() {
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
    void controlAndInvisibleCharactersAreEscapedInEveryOutput(String text, String shown) {
        Table table = Table.of("a").row(text).build();
        assertThat(print(new TablePrinter(), only(table))).contains(shown);
        assertThat(print(new JsonPrinter(), only(table))).contains('"' + shown + '"');
        assertThat(TerminalText.of(text)).isEqualTo(shown);
    }
}
