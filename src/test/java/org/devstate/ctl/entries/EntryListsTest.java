// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;
import static org.devstate.ctl.FakeService.table;

import java.nio.file.Path;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.CtlFixture;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subcommands {@code entries} and {@code watch}. */
final class EntryListsTest {

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
    }

    private static Table rows(String... ids) {
        Table.TableBuilder table = Table.of("node", "id");
        List.of(ids).forEach(id -> table.row("device_state", id));
        return table.build();
    }

    @Test
    void allPagesAreShownAsOneTable() {
        ctl.service.answers(table("p2", rows("A", "B")), table(null, rows("C")));
        assertThat(ctl.run("entries", "--site", "paris", "--node", "device", "--id", "P*", "--state", "IN*"))
                .isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-entries EXECUTE {site=[paris], node=[device_state], id=[P*], max=[1000], state=[IN*]}",
                        "devstate-entries EXECUTE {site=[paris], node=[device_state], id=[P*], max=[1000], state=[IN*],"
                                + " after=[p2]}");
        assertThat(ctl.out().lines())
                .containsExactly("node          id", "device_state  A", "device_state  B", "device_state  C");
        assertThat(ctl.err()).isEmpty();
    }

    @Test
    void aLimitEndsTheListWithANote() {
        ctl.service.answers(table("p2", rows("A", "B")));
        assertThat(ctl.run("entries", "--limit", "2")).isZero();
        assertThat(ctl.service.lastFields()).containsEntry("max", List.of("2"));
        assertThat(ctl.out().lines()).hasSize(3);
        assertThat(ctl.err()).contains("2 of 3");
    }

    @Test
    void aPageThatLeadsToItselfEndsThem() {
        ctl.service.answers(table("p2", rows("A")), table("p2", rows("A")));
        assertThat(ctl.run("entries")).isEqualTo(Failure.REJECTED);
    }

    @Test
    void jsonIsTheRowsAlone() {
        ctl.service.answers(table(null, rows("A")));
        ctl.run("entries", "--json");
        assertThat(ctl.out()).isEqualToIgnoringWhitespace("[{\"node\": \"device_state\", \"id\": \"A\"}]");
    }

    private static Answer changes(String next, Table rows) {
        return done(result(next, rows));
    }

    private static Result result(String next, Table rows) {
        return Result.of("", rows).with(Field.text("next", "", "").with(next));
    }

    @Test
    void watchingContinuesAtItsLastPlace() {
        ctl.service.answers(changes("t1", rows("A")), changes("t2", rows("B", "C")), changes("t3", rows("D", "E")));
        assertThat(ctl.run("watch", "--site", "paris", "--count", "4")).isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-changes EXECUTE {site=[paris]}",
                        "devstate-changes EXECUTE {site=[paris], since=[t1], wait=[20]}",
                        "devstate-changes EXECUTE {site=[paris], since=[t2], wait=[20]}");
        assertThat(ctl.out().lines())
                .containsExactly("device_state  A", "device_state  B", "device_state  C", "device_state  D");
    }

    @Test
    void thePlaceOfAChangeAmongTheOthersIsForProgramsOnly() {
        Table numbered = Table.of().number("seq").text("id").row("7", "A").build();
        ctl.service.answers(changes("t1", numbered), changes("t1", numbered));
        ctl.run("watch", "--count", "1");
        assertThat(ctl.out().lines()).containsExactly("A");
        ctl.run("watch", "--count", "1", "--json");
        assertThat(ctl.out().lines()).containsExactly("{\"seq\": 7, \"id\": \"A\"}");
    }

    @Test
    void watchedJsonIsAnObjectALine() {
        ctl.service.answers(changes("t1", rows("A", "B")));
        assertThat(ctl.run("watch", "--json", "--count", "2")).isZero();
        assertThat(ctl.out().lines())
                .containsExactly(
                        "{\"node\": \"device_state\", \"id\": \"A\"}", "{\"node\": \"device_state\", \"id\": \"B\"}");
        assertThat(ctl.err()).isEmpty();
    }

    @Test
    void lostChangesAreWarnedOf() {
        ctl.service.answers(
                done(result("t1", rows("A")).with(Field.yesNo("lost", "", "").with("true"))));
        ctl.run("watch", "--count", "1");
        assertThat(ctl.err()).contains("warning:");
    }
}
