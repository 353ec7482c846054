// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and results, as a client reads them. */
final class FieldTest {

    private static final Table SITES = Table.of("site").row("paris").build().named("sites", "Sites");

    private static final Result RESULT = Result.of(
                    "Title",
                    List.of(
                            Field.number("count", "Count", 3),
                            Field.text("name", "Name", "").with("a")))
            .with(Note.info("done"))
            .with(Note.warn("odd"));

    @ParameterizedTest
    @EnumSource(names = "FIXED", mode = EnumSource.Mode.EXCLUDE)
    void aTypeIsReadFromItsFormOnTheWire(Field.Type type) {
        assertThat(Field.Type.of(type.word(), type.datatype())).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"text-single,xs:later,TEXT", "jid-multi,'',LINES", "hidden,'',TEXT", "text-multi,xs:decimal,LINES"})
    void anUnknownTypeIsText(String word, String datatype, Field.Type read) {
        assertThat(Field.Type.of(word, datatype)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true"})
    void oneAndTrueMeanYes(String text) {
        assertThat(Field.yesNo("all", "All", "").with(text).yes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "", "yes"})
    void allElseMeansNo(String text) {
        assertThat(Field.yesNo("all", "All", "").with(text).yes()).isFalse();
    }

    @Test
    void textHasAllLines() {
        assertThat(Field.fixed("help", "Help", List.of("a", "b")).text()).isEqualTo("a\nb");
    }

    @Test
    void aFieldIsFoundByItsName() {
        assertThat(RESULT.field("name").text()).isEqualTo("a");
        assertThat(RESULT.field("other").text()).isEmpty();
    }

    @Test
    void fieldsAreLeftOutByTheirNames() {
        assertThat(RESULT.without(List.of("count")).fields())
                .extracting(Field::name)
                .containsExactly("name");
    }

    @Test
    void notesAreFoundByTheirKind() {
        assertThat(RESULT.notes(Note.Severity.INFO)).containsExactly("done");
        assertThat(RESULT.notes(Note.Severity.WARN)).containsExactly("odd");
        assertThat(RESULT.notes(Note.Severity.ERROR)).isEmpty();
    }

    @Test
    void aTableReplacesTheOneOfTheSameName() {
        Table unnamed = Table.of("server").row("pbx1").build();
        Table more = Table.of("site").row("rome").build().named("sites", "Sites");
        Result result = RESULT.with(SITES).with(unnamed).with(more);

        assertThat(result.tables()).containsExactly(unnamed, more);
        assertThat(result.table()).isEqualTo(unnamed);
        assertThat(result.table("sites")).isEqualTo(more);
        assertThat(result.table("eids")).isNull();
    }
}
