// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.publishState;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.history.MetricsCommand;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.junit.jupiter.api.Test;

/** {@code devstate-metrics} at one node of two. */
final class ClusterMetricsTest {

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a");
    private final ClusterNode b = cluster.start("b");

    ClusterMetricsTest() {
        cluster.advance(2_000);
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"), publishState("PJSIP/101", EID_A, "INUSE"));
        b.logIn(BOB, publishState("PJSIP/200", EID_B, "INUSE"));
        cluster.advance(2_000);
    }

    @Test
    void eachNodeHasTheFiguresOfAll() {
        for (ClusterNode at : List.of(a, b)) {
            assertThat(lines(ask(at, 10)))
                    .contains(
                            "changes a  2",
                            "changes b  1",
                            "entries a  3",
                            "entries b  3",
                            "site-online a  1",
                            "site-online b  1",
                            "delivery-latency a  1",
                            "node-present a b 1",
                            "node-present b a 1",
                            "node-lag a b 0");
        }
    }

    @Test
    void theFiguresOfTheOtherNodeHaveItsMeanings() {
        Table table = Objects.requireNonNull(ask(a, 10).table());
        int node = table.columns().stream().map(Column::name).toList().indexOf("node");
        assertThat(meanings(table, node, "b"))
                .containsExactlyInAnyOrderElementsOf(meanings(table, node, "a"))
                .allSatisfy(meaning -> assertThat(meaning).hasSizeGreaterThan(10));
    }

    private static List<String> meanings(Table table, int column, String node) {
        return table.rows().stream()
                .filter(row -> row.get(column).equals(node))
                .map(row -> row.get(0) + ": " + row.get(row.size() - 1))
                .toList();
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedAndTheOtherReportsWhatIsPendingForIt() {
        cluster.cut(a, b);
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "BUSY"));
        Result result = ask(a, 2_000);
        assertThat(result.notes())
                .containsExactly(Note.warn("No answer within 2 s from b: its sessions and figures are missing here"));
        assertThat(lines(result))
                .contains("node-present a b 1", "node-pending a b 1")
                .noneMatch(line -> line.contains(" b  "));
    }

    @Test
    void aLostNodeIsNotPresent() {
        cluster.crash(b);
        cluster.advance(6_000);
        Result result = ask(a, 10);
        assertThat(result.notes()).isEmpty();
        assertThat(lines(result)).contains("node-present a b 0").noneMatch(line -> line.contains(" b  "));
    }

    private Result ask(ClusterNode at, long waitMs) {
        List<Result> results = new ArrayList<>();
        Step step = new MetricsCommand(at.service.administration()).begin();
        ((Step.Later) step).work().start(results::add);
        cluster.advance(waitMs);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static List<String> lines(Result result) {
        Table table = Objects.requireNonNull(result.table());
        List<String> names = table.columns().stream().map(Column::name).toList();
        return table.rows().stream()
                .map(row -> row.get(names.indexOf("name")) + " " + row.get(names.indexOf("node")) + " "
                        + row.get(names.indexOf("other-node")) + " " + row.get(names.indexOf("value")))
                .toList();
    }
}
