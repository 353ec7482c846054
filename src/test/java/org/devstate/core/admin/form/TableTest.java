// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tables, and the lines of text that further tables are sent as. */
final class TableTest {

    private static final Table TABLE = Table.of("name")
            .number("count")
            .time("since")
            .duration("age-s")
            .yesNo("online")
            .row("a", 1, "2026-01-02T03:04:05Z", 7, true)
            .row("b", 2, "2026-01-02T03:04:06Z", 8, false)
            .build()
            .named("servers", "Servers");

    @Test
    void linesAndDatatypeHaveTheWholeTable() {
        assertThat(TABLE.lines())
                .containsExactly(
                        "name\tcount\tsince\tage-s\tonline",
                        "a\t1\t2026-01-02T03:04:05Z\t7\ttrue",
                        "b\t2\t2026-01-02T03:04:06Z\t8\tfalse");
        assertThat(TABLE.datatype()).isEqualTo("x:table text number time duration yes_no");
        assertThat(Table.read("servers", "Servers", TABLE.datatype(), TABLE.lines()))
                .isEqualTo(TABLE);
    }

    @Test
    void aTabInACellIsWrittenAsABlank() {
        assertThat(Table.of("name").row("a\tb").build().lines()).containsExactly("name", "a b");
    }

    @Test
    void anotherDatatypeIsNoTable() {
        assertThat(Table.read("servers", "Servers", "xs:string", List.of("name", "a")))
                .isNull();
    }

    @Test
    void anUnknownOrMissingTypeOfAColumnIsText() {
        Table read = read("x:table number colour", "a\tb\tc");
        assertThat(read.columns())
                .containsExactly(new Column("a", Field.Type.NUMBER), Column.text("b"), Column.text("c"));
        assertThat(read.rows()).isEmpty();
    }

    @Test
    void aLineWithAnotherNumberOfCellsIsSkipped() {
        assertThat(read("x:table", "a\tb", "1", "1\t2\t3", "1\t2").rows()).containsExactly(List.of("1", "2"));
    }

    @Test
    void emptyCellsAtTheEndAreCells() {
        assertThat(read("x:table", "a\tb", "1\t").rows()).containsExactly(List.of("1", ""));
    }

    @Test
    void noLinesAreATableWithoutColumns() {
        assertThat(read("x:table")).isEqualTo(new Table("n", "N", List.of(), List.of()));
    }

    @Test
    void theFirstRowsAreThatManyAtMost() {
        assertThat(TABLE.first(1))
                .isEqualTo(new Table(
                        "servers",
                        "Servers",
                        TABLE.columns(),
                        List.of(TABLE.rows().get(0))));
        assertThat(TABLE.first(2)).isSameAs(TABLE);
        assertThat(TABLE.first(3)).isSameAs(TABLE);
        assertThat(TABLE.first(0).rows()).isEmpty();
    }

    @Test
    void twoTablesOfTheSameColumnsAreOneAfterTheOther() {
        Table both = TABLE.and(TABLE.first(1));
        assertThat(both.name()).isEqualTo("servers");
        assertThat(both.rows()).extracting(row -> row.get(0)).containsExactly("a", "b", "a");
    }

    @Test
    void aRowWithAnotherNumberOfCellsThanColumnsIsRejected() {
        List<Column> columns = List.of(Column.text("a"), Column.text("b"));
        assertThatThrownBy(() -> new Table(columns, List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1] does not fit");
    }

    private static Table read(String datatype, String... lines) {
        return Objects.requireNonNull(Table.read("n", "N", datatype, List.of(lines)));
    }
}
