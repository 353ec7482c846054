// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.junit.jupiter.api.Test;

/** The subcommands about sites and their rules. Each test has sites of its own, and leaves none. */
interface SiteCommandScenarios extends AdministrationScenarios {

    @Test
    default void aSiteIsMadeShownChangedAndRemoved() {
        Administrator admin = administrator();
        assertThat(admin.does("add-site", "oslo", "--server", "oslo*@example.net", "--grace", "7"))
                .contains("oslo");
        assertThat(admin.does("sites").lines()).anyMatch(line -> line.startsWith("oslo "));
        assertThat(policyOf("oslo")).contains("servers oslo*@example.net", "grace 7 s");

        admin.does(
                "edit-site", "oslo", "--window", "50", "--receive", "deny default mailbox *", "--receive", "allow * *");
        assertThat(policyOf("oslo"))
                .contains("servers oslo*@example.net", "grace 7 s", "window 50 ms", "receive deny default mailbox *");

        admin.does("remove-site", "oslo", "--yes");
        assertThat(admin.does("export")).doesNotContain("oslo");
    }

    /** The lines of one site, with single blanks. */
    private List<String> policyOf(String site) {
        List<String> lines = administrator()
                .does("export")
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
        int begin = lines.indexOf("site " + site);
        assertThat(begin).as("site %s in %s", site, lines).isNotNegative();
        List<String> rest = lines.subList(begin + 1, lines.size());
        return rest.stream().takeWhile(line -> !line.startsWith("site ")).toList();
    }

    @Test
    default void aSuspendedSiteIsShownAsSuchUntilItIsResumed() {
        Administrator admin = administrator();
        admin.does("add-site", "rome");
        admin.does("suspend-site", "rome");
        assertThat(row("sites", "site", "rome").getString("suspended")).isEqualTo("yes");
        assertThat(admin.values("explain", "rome", "default", "device", "X").getBoolean("allowed"))
                .isFalse();
        admin.does("resume-site", "rome");
        assertThat(row("sites", "site", "rome").getString("suspended")).isEqualTo("no");
        admin.does("remove-site", "rome", "--yes");
    }

    private Config row(String command, String column, String value) {
        return administrator().rows(command).stream()
                .filter(row -> row.getString(column).equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void explainNamesTheLineThatDecides() {
        Administrator admin = administrator();
        admin.does("add-site", "bonn", "--receive", "deny default device PJSIP/*", "--receive", "allow * *");
        Config denied = admin.values("explain", "default", "bonn", "device", "PJSIP/100");
        assertThat(denied.getBoolean("allowed")).isFalse();
        assertThat(denied.getString("because")).contains("bonn", "deny default device PJSIP/*");
        assertThat(admin.does("explain", "default", "bonn", "mailbox", "500@default"))
                .containsPattern("allowed +yes");
        admin.does("remove-site", "bonn", "--yes");
    }

    @Test
    default void allErrorsAreReportedAndNothingIsChanged() {
        String before = administrator().does("export");
        Outcome outcome = administrator()
                .run(
                        "add-site",
                        "cork",
                        "--window",
                        "soon",
                        "--offline-state",
                        "ASLEEP",
                        "--publish",
                        "maybe *",
                        "--grace",
                        "-1");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .anyMatch(line -> line.startsWith("window:"))
                .anyMatch(line -> line.startsWith("offline-state:"))
                .anyMatch(line -> line.startsWith("publish:"))
                .anyMatch(line -> line.startsWith("grace:"));
        assertThat(administrator().does("export")).isEqualTo(before);
    }

    @Test
    default void unknownNamesAreRejected() {
        for (String line : List.of(
                "edit-site nowhere --grace 1",
                "remove-site nowhere --yes",
                "suspend-site nowhere",
                "servers nowhere",
                "explain nowhere default device X",
                "add-server nowhere pbx77")) {
            Outcome outcome = administrator().run(line.split(" "));
            assertThat(outcome.status()).as(line).isEqualTo(1);
            assertThat(outcome.err()).as(line).contains("nowhere");
        }
    }

    @Test
    default void importingAnExportChangesNothing() throws IOException {
        Path file = folder().resolve("same.policy");
        administrator().does("export", file.toString());
        String before = Files.readString(file);
        administrator().does("import", "--yes", file.toString());
        assertThat(administrator().does("export")).isEqualTo(before);
    }

    @Test
    default void anImportShowsItsChangesAndThenAppliesThem() throws IOException {
        Path before = folder().resolve("before.policy");
        administrator().does("export", before.toString());
        Path file = folder().resolve("more.policy");
        Files.writeString(file, Files.readString(before) + "\nsite turin\n    servers turin@example.net\n");
        assertThat(administrator().does("import", "--yes", file.toString()).lines())
                .anyMatch(line -> line.startsWith("+") && line.contains("site turin"));
        assertThat(administrator().does("export")).contains("site turin");
        administrator().does("import", "--yes", before.toString());
        assertThat(administrator().does("export")).doesNotContain("turin");
    }

    @Test
    default void anInvalidImportReportsAllErrorsWithLineAndColumn() throws IOException {
        String before = administrator().does("export");
        Path file = folder().resolve("wrong.policy");
        Files.writeString(
                file, before + "\nsite turin\n    servers no-account\n    publish maybe *\n    window soon\n");
        Outcome outcome = administrator().run("import", "--yes", file.toString());
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(3).allMatch(line -> line.matches(".*line \\d+.*column \\d+.*"));
        assertThat(administrator().does("export")).isEqualTo(before);
    }
}
