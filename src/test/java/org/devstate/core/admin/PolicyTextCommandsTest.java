// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.core.admin.sites.Diff;
import org.devstate.core.policy.Policy;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PolicyTextCommandsTest {

    private static final String IMPORT = "devstate-import";
    private static final String BERLIN =
            """
            site paris
                servers alice@example.net
                publish allow *
            site berlin
                servers bob@example.net
                publish allow *
                receive allow * *
            """;

    private final AdminFixture admin = new AdminFixture();

    @BeforeEach
    void setPolicy() {
        admin.host.setPolicy(BERLIN);
    }

    private Policy policy() {
        return admin.host.service.policy();
    }

    @Test
    void importingAnExportChangesNothing() {
        String text = admin.execute("devstate-export").value("policy");

        CommandAnswer shown = admin.execute(IMPORT, "policy", text);

        assertThat(ServiceFixture.policy(text)).isEqualTo(policy());
        assertThat(shown.actions()).isEqualTo("complete prev complete");
        assertThat(shown.values("diff")).isEmpty();
    }

    @Test
    void anExportWithoutSitesCanBeImported() {
        admin.host.service.setPolicy(Policy.CLOSED);
        String text = admin.execute("devstate-export").value("policy");
        admin.host.service.setPolicy(ServiceFixture.policy(BERLIN));

        admin.goOn(admin.execute(IMPORT, "policy", text), IMPORT, "complete");

        assertThat(policy()).isEqualTo(Policy.CLOSED);
    }

    @Test
    void anImportIsShownFirstAndThenAppliedAsShown() {
        Policy before = policy();
        String text = BERLIN.replace("bob@", "carol@") + "    receive deny * *\n";

        CommandAnswer shown = admin.execute(IMPORT, "policy", text);

        assertThat(shown.status()).isEqualTo("executing");
        assertThat(shown.values("diff"))
                .containsExactly(
                        "  site berlin",
                        "-     servers   bob@example.net",
                        "+     servers   carol@example.net",
                        "+     receive   deny * *");
        assertThat(policy()).isEqualTo(before);

        CommandAnswer done = admin.goOn(shown, IMPORT, "complete");
        assertThat(done.notes()).containsExactly("info: The policy is in force; sites: 2");
        assertThat(policy()).isEqualTo(ServiceFixture.policy(text));
    }

    @Test
    void aChangedDiffInTheFormHasNoEffect() {
        CommandAnswer shown = admin.execute(IMPORT, "policy", BERLIN.replace("bob@", "carol@"));

        admin.goOn(shown, IMPORT, "complete", "diff", "+ site evil");

        assertThat(policy()).isEqualTo(ServiceFixture.policy(BERLIN.replace("bob@", "carol@")));
    }

    @Test
    void anInvalidTextIsRejectedWithAllErrorsAndChangesNothing() {
        Policy before = policy();

        CommandAnswer answer = admin.execute(IMPORT, "policy", "site Paris\n\n    server a@b\n    rate fast");

        assertThat(answer.status()).isEqualTo("executing");
        assertThat(answer.actions()).isEqualTo("next next");
        assertThat(answer.notes())
                .hasSize(3)
                .anyMatch(note -> note.startsWith("error: policy: line 1, column 6: "))
                .anyMatch(note -> note.startsWith("error: policy: line 3, column 5: unknown key 'server'"))
                .anyMatch(note -> note.startsWith("error: policy: line 4, column 10: "));
        assertThat(answer.value("policy")).isEqualTo("site Paris\n\n    server a@b\n    rate fast");
        assertThat(policy()).isEqualTo(before);
    }

    @Test
    void ifThePolicyHasChangedMeanwhileTheImportIsShownAnew() {
        String text = BERLIN.replace("bob@", "carol@");
        CommandAnswer shown = admin.execute(IMPORT, "policy", text);
        Policy others = ServiceFixture.policy(BERLIN.replace("alice@", "dave@"));
        admin.host.service.setPolicy(others);

        CommandAnswer again = admin.goOn(shown, IMPORT, "complete");

        assertThat(again.status()).isEqualTo("executing");
        assertThat(again.notes()).singleElement().asString().contains("has changed the policy meanwhile");
        assertThat(again.values("diff"))
                .contains("-     servers   dave@example.net", "+     servers   alice@example.net");
        assertThat(policy()).isEqualTo(others);
        assertThat(admin.goOn(again, IMPORT, "complete").status()).isEqualTo("completed");
        assertThat(policy()).isEqualTo(ServiceFixture.policy(text));
    }

    @Test
    void theDiffNamesTheSiteOfEachChangeAndLeavesOutUnchangedLines() {
        List<String> before = List.of("site a", "  x", "  y", "site b", "  z");
        List<String> after = List.of("site a", "  x", "  q", "  y", "site c", "  z", "site b", "  z", "  end");

        assertThat(Diff.of(before, after))
                .containsExactly("  site a", "+   q", "+ site c", "+   z", "  site b", "+   end");
        assertThat(Diff.of(after, after)).isEmpty();
    }

    @Test
    void aVeryLongDiffIsACoarseOne() {
        List<String> before = IntStream.range(0, 3_000).mapToObj(i -> "a" + i).toList();
        List<String> after = IntStream.range(0, 3_000).mapToObj(i -> "b" + i).toList();

        assertThat(Diff.of(before, after)).hasSize(6_000).startsWith("- a0").endsWith("+ b2999");
    }

    @Test
    void anImportShowsWhetherAnythingWouldChange() {
        assertThat(admin.execute(IMPORT, "policy", BERLIN).instructions()).isEqualTo("Nothing would change.");
        assertThat(admin.execute(IMPORT, "policy", BERLIN.replace("bob@", "carol@"))
                        .instructions())
                .isEqualTo("Complete this to put the policy in force.");
    }

    @Test
    void theDiffHasOnlyTheDifferences() {
        assertThat(Diff.of(List.of("b", "c", "x"), List.of("a", "b", "c", "y"))).containsExactly("+ a", "- x", "+ y");
        assertThat(Diff.of(List.of("a", "b", "c"), List.of("b"))).containsExactly("- a", "- c");
        assertThat(Diff.of(List.of(), List.of("a"))).containsExactly("+ a");
    }

    @Test
    void aChangeAtTheEndOfALongPolicyIsShownAlone() {
        List<String> before = IntStream.range(0, 3_000).mapToObj(i -> "a" + i).toList();
        List<String> after = new ArrayList<>(before);
        after.set(2_999, "b");

        assertThat(Diff.of(before, after)).containsExactly("- a2999", "+ b");
    }
}
