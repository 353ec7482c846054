// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;
import static org.devstate.ctl.FakeService.noted;
import static org.devstate.ctl.FakeService.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.devstate.ctl.xmpp.Login;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevstatectlTest {

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
    }

    static Stream<String> subcommands() {
        return Devstatectl.commandLine(login -> new FakeService(), Terminal.ofProcess())
                .getSubcommands()
                .keySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void everySubcommandPrintsHelpWithTheExitStatuses(String name) {
        assertThat(ctl.runPlain(name, "--help")).isZero();
        assertThat(ctl.out()).contains("Usage: devstatectl " + name, "Exit status:", "--trust-certificate", "--json");
        assertThat(ctl.err()).isEmpty();
    }

    @Test
    void helpWithASubcommandPrintsTheHelpOfThatSubcommand() {
        assertThat(ctl.runPlain("help", "clear-entry")).isZero();
        assertThat(ctl.out()).startsWith("Usage: devstatectl clear-entry");
    }

    @Test
    void helpAlonePrintsTheListOfSubcommands() {
        assertThat(ctl.runPlain("help")).isZero();
        assertThat(ctl.out()).startsWith("Usage: devstatectl [").contains("add-server");
    }

    @Test
    void helpWithAnUnknownSubcommandIsStatus2() {
        assertThat(ctl.runPlain("help", "nonsense")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("there is no command nonsense");
    }

    @Test
    void theHelpNamesEverySubcommand() {
        assertThat(ctl.runPlain("--help")).isZero();
        assertThat(ctl.out().lines().map(String::strip).map(line -> line.split(" ", 2)[0]))
                .containsAll(subcommands().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "sites --nonsense", "explain paris berlin device", "", "entry telephone x", "sites x"
            })
    void anInvalidCommandLineIsStatus2AndNothingIsSent(String line) {
        assertThat(ctl.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("devstatectl");
        assertThat(ctl.logins).isEmpty();
    }

    @Test
    void withoutASubcommandItShowsTheList() {
        assertThat(ctl.runPlain()).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("Usage: devstatectl", "add-server", "Exit status:");
        assertThat(ctl.err().lines().map(String::strip).map(line -> line.split(" ", 2)[0]))
                .containsAll(subcommands().toList());
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("sites", "devstate-sites", Map.of()),
                Arguments.of("servers", "devstate-servers", Map.of()),
                Arguments.of("servers paris", "devstate-servers", Map.of("site", "paris")),
                Arguments.of("eids paris", "devstate-eids", Map.of("site", "paris")),
                Arguments.of("add-site paris", "devstate-add-site", Map.of("name", "paris")),
                Arguments.of(
                        "add-site paris --server pbx* --eids any --window 50 --rate 9 --grace 60 --offline-state keep --entries 7",
                        "devstate-add-site",
                        Map.of(
                                "name",
                                "paris",
                                "servers",
                                "pbx*",
                                "eids",
                                "any",
                                "window",
                                "50",
                                "rate",
                                "9",
                                "grace",
                                "60",
                                "offline-state",
                                "keep",
                                "entries",
                                "7")),
                Arguments.of(
                        "remove-site paris --yes", "devstate-remove-site", Map.of("name", "paris", "confirm", "true")),
                Arguments.of("suspend-site paris", "devstate-suspend-site", Map.of("name", "paris")),
                Arguments.of("resume-site paris", "devstate-resume-site", Map.of("name", "paris")),
                Arguments.of(
                        "remove-server pbx1 --yes",
                        "devstate-remove-server",
                        Map.of("account", "pbx1@example.net", "delete-account", "false")),
                Arguments.of("purge-server pbx1@x.net", "devstate-purge-server", Map.of("account", "pbx1@x.net")),
                Arguments.of("reset-eid 02:00:00:00:00:01", "devstate-reset-eid", Map.of("eid", "02:00:00:00:00:01")),
                Arguments.of(
                        "entry mailbox 500@default",
                        "devstate-entry",
                        Map.of("node", "message_waiting", "id", "500@default")),
                Arguments.of(
                        "explain a b device_state PJSIP/1",
                        "devstate-explain",
                        Map.of("from", "a", "to", "b", "node", "device_state", "id", "PJSIP/1")),
                Arguments.of(
                        "set-entry device X 02:00:00:00:00:01 INUSE",
                        "devstate-set-entry",
                        Map.of("node", "device_state", "id", "X", "eid", "02:00:00:00:00:01", "value", "INUSE")),
                Arguments.of(
                        "clear-entry device X 02:00:00:00:00:01",
                        "devstate-clear-entry",
                        Map.of("node", "device_state", "id", "X", "eid", "02:00:00:00:00:01")),
                Arguments.of(
                        "clear-entry device PJSIP/* --site a --yes",
                        "devstate-clear-entry",
                        Map.of("node", "device_state", "id", "PJSIP/*", "site", "a")),
                Arguments.of("rejections", "devstate-rejections", Map.of()),
                Arguments.of("counters", "devstate-counters", Map.of()),
                Arguments.of("nodes", "devstate-nodes", Map.of()),
                Arguments.of("export", "devstate-export", Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aSubcommandIsOneRequest(String line, String node, Map<String, String> fields) {
        ctl.service.answers(done(Field.text("answer", "", "").with("42")));
        assertThat(ctl.run(line.split(" "))).isZero();
        assertThat(ctl.service.requests()).singleElement().satisfies(request -> {
            assertThat(request.to()).isEqualTo("devstate.example.net");
            assertThat(request.node()).isEqualTo(node);
            assertThat(request.form()).extracting(FilledForm::type).isEqualTo("urn:devstate:admin");
        });
        assertThat(ctl.service.lastFields()).hasSameSizeAs(fields);
        fields.forEach((name, value) -> assertThat(ctl.service.lastFields()).containsEntry(name, List.of(value)));
        assertThat(ctl.service.isClosed()).isTrue();
        assertThat(ctl.err()).isEmpty();
    }

    @Test
    void repeatedRulesStayInOrder() {
        ctl.service.answers(done());
        ctl.run("add-site", "x", "--receive", "deny a *", "--receive", "allow * *", "--publish", "");
        assertThat(ctl.service.lastFields())
                .containsEntry("receive", List.of("deny a *", "allow * *"))
                .containsEntry("publish", List.of());
    }

    @Test
    void editingChangesOnlyTheGivenOptions() {
        ctl.service.answers(
                stage(
                        List.of(),
                        Field.text("name", "", "").with("x"),
                        Field.text("grace", "", "").with("30"),
                        Field.lines("receive", "", "").with(List.of("a", "b"))),
                noted(Note.Severity.INFO, "changed"));
        assertThat(ctl.run("edit-site", "x", "--grace", "60")).isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-edit-site EXECUTE {name=[x]}",
                        "devstate-edit-site COMPLETE {name=[x], grace=[60], receive=[a, b]}");
        assertThat(ctl.out()).contains("changed");
    }

    @Test
    void anEditWithoutChangesIsInvalidUsage() {
        assertThat(ctl.run("edit-site", "x")).isEqualTo(Failure.USAGE);
        assertThat(ctl.logins).isEmpty();
    }

    @Test
    void errorsOfTheServiceAreStatus1AndPrintedInFull() {
        ctl.service.answers(stage(
                List.of("window: is a whole number", "offline-state: is one of"),
                Field.text("name", "", "").with("x")));
        assertThat(ctl.run("add-site", "x", "--window", "soon")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err().lines()).containsExactly("window: is a whole number", "offline-state: is one of");
        assertThat(ctl.service.asked()).last().asString().startsWith("devstate-add-site CANCEL");
        assertThat(ctl.out()).isEmpty();
    }

    /** By the names that a user types here; a text that only looks like a command stays as it is. */
    @Test
    void errorsAndWarningsNameTheCommandsOfDevstatectl() {
        ctl.service.answers(stage(List.of(
                "server: see devstate-remove-server or devstate-edit-site", "Custom:devstate-test of devstate-x")));
        assertThat(ctl.run("add-site", "x")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err().lines())
                .containsExactly(
                        "server: see devstatectl remove-server or devstatectl edit-site",
                        "Custom:devstate-test of devstate-x");
        ctl.service.answers(noted(Note.Severity.WARN, "devstate-changes shows it"));
        ctl.run("suspend-site", "x");
        assertThat(ctl.err()).isEqualToIgnoringNewLines("warning: devstatectl watch shows it");
        ctl.service.fails(Failure.rejected("it does not know devstate-sites"));
        ctl.run("sites");
        assertThat(ctl.err()).isEqualToIgnoringNewLines("it does not know devstatectl sites");
    }

    @Test
    void withJsonErrorsAreObjectsToo() {
        ctl.service.answers(stage(List.of("window: is a whole number", "offline-state: is one of")));
        assertThat(ctl.run("add-site", "x", "--json")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err())
                .isEqualToIgnoringNewLines(
                        "{\"errors\": [\"window: is a whole number\", \"offline-state: is one of\"], \"status\": 1}");
        assertThat(ctl.run("--json", "sites", "--nonsense")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).startsWith("{\"errors\": [").contains("--nonsense", "\"status\": 2}");
        ctl.service.answers(noted(Note.Severity.WARN, "mind this"));
        assertThat(ctl.run("suspend-site", "x", "--json")).isZero();
        assertThat(ctl.err()).isEqualToIgnoringNewLines("{\"warning\": \"mind this\"}");
    }

    @Test
    void theHelpOfEditSiteShowsNoDefaults() {
        ctl.runPlain("edit-site", "--help");
        assertThat(ctl.out()
                        .lines()
                        .filter(line -> line.matches(".*--(window|rate|grace|gone|entries|eids|server)\\b.*")))
                .hasSizeGreaterThan(6);
        String ofSite = ctl.out().substring(0, ctl.out().indexOf("--service="));
        assertThat(ofSite).doesNotContainIgnoringCase("default");
        ctl.runPlain("add-site", "--help");
        assertThat(ctl.out())
                .contains("Defaults:", "--window 100", "--grace 30", "--offline-state UNAVAILABLE", "--entries 100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-site", "edit-site"})
    void theHelpHasTheGrammarOfRulesAndOfEids(String name) {
        ctl.runPlain(name, "--help");
        assertThat(ctl.out())
                .contains(
                        "--publish 'allow|deny|drop *'",
                        "--publish 'allow|deny|drop|cachable device GLOB'",
                        "--publish 'allow|deny|drop mailbox GLOB'",
                        "--receive 'allow|deny SITE *'",
                        "--receive 'allow|deny SITE device|mailbox GLOB'",
                        "the first rule that matches decides",
                        "--eids first-use",
                        "--eids any",
                        "--eids '00:11:22:33:44:5a 00:11:22:33:44:5b'");
    }

    @Test
    void aWarningGoesToStandardErrorAndIsNoFailure() {
        ctl.service.answers(noted(Note.Severity.WARN, "mind this\u001b[2J"));
        assertThat(ctl.run("suspend-site", "x")).isZero();
        assertThat(ctl.err()).isEqualToIgnoringNewLines("warning: mind this\\u001b[2J");
    }

    @Test
    void anUnreachableServiceIsStatus3() {
        ctl.service.fails(CtlFixture.lost());
        assertThat(ctl.run("sites")).isEqualTo(Failure.UNREACHABLE);
        assertThat(ctl.err()).isEqualToIgnoringNewLines("no answer");
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 1", "YES, 0, 1", "n, 1, 0", "'', 1, 0"})
    void removingASiteAsksFirst(String answer, int status, int requests) {
        ctl.service.answers(done());
        assertThat(ctl.with(answer).run("remove-site", "paris")).isEqualTo(status);
        assertThat(ctl.questions).singleElement().asString().contains("paris", "[y/N]");
        assertThat(ctl.service.requests()).hasSize(requests);
    }

    @Test
    void withoutATerminalNothingIsRemoved() {
        assertThat(ctl.run("remove-site", "paris")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("--yes");
        assertThat(ctl.service.requests()).isEmpty();
    }

    @Test
    void thePasswordComesFromTheFile() {
        ctl.service.answers(done());
        ctl.run("sites");
        assertThat(ctl.logins).extracting(Login::password).containsExactly("secret");
        assertThat(ctl.logins.toString()).doesNotContain("secret");
    }

    @Test
    void withoutAFileThePasswordIsAskedFor() {
        ctl.service.answers(done());
        assertThat(ctl.with("typed").runPlain("sites", "--service", "d.example.net", "--as", "admin@example.net"))
                .isZero();
        assertThat(ctl.questions).singleElement().asString().contains("admin@example.net");
        assertThat(ctl.logins).extracting(Login::password).containsExactly("typed");
    }

    @Test
    void withoutFileAndTerminalTheErrorNamesBoth() {
        assertThat(ctl.runPlain("sites", "--service", "d.example.net", "--as", "admin@example.net"))
                .isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("--password-file");
        assertThat(ctl.logins).isEmpty();
    }
}
