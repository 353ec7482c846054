// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code devstatectl setup} from the command line to the files, with a script in the place of Prosody's command. */
final class SetupTest {

    /** Accepts any configuration without the word broken, and remembers accounts as files. */
    private static final String PROSODYCTL =
            """
            #!/bin/sh
            folder=$(dirname "$0")
            case $3 in
            check)
                if grep -rqs broken "$(dirname "$2")"; then echo "a syntax error"; exit 1; fi
                echo "The following configuration files have been loaded:" ;;
            adduser)
                if [ -e "$folder/$4" ]; then echo "That user already exists"; exit 1; fi
                read -r password || { echo "No password - cancelled"; exit 1; }
                echo "$password" > "$folder/$4" ;;
            esac
            """;

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void writeConfiguration() throws Exception {
        ctl = new CtlFixture(folder);
        Files.createDirectories(folder.resolve("etc/conf.d"));
        Files.createDirectories(folder.resolve("etc/certs"));
        main(
                """
                modules_enabled = { "disco", "roster", "saslauth", "tls", "admin_adhoc" }
                VirtualHost "example.net"
                Include "conf.d/*.cfg.lua"
                """);
        Files.writeString(folder.resolve("prosodyctl"), PROSODYCTL);
        Files.setPosixFilePermissions(folder.resolve("prosodyctl"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void main(String text) throws IOException {
        Files.writeString(folder.resolve("etc/prosody.cfg.lua"), text);
    }

    private int setup(String... options) {
        List<String> all = new ArrayList<>(List.of("setup"));
        Map<String, String> usual = Map.of(
                "--config-dir", "etc",
                "--prosodyctl", "prosodyctl",
                "--component-dir", "own",
                "--config", "devstatectl.conf",
                "--output-dir", "pbx1");
        usual.forEach((option, path) -> {
            if (!List.of(options).contains(option)) {
                all.addAll(List.of(option, folder.resolve(path).toString()));
            }
        });
        all.addAll(List.of(options));
        return ctl.runPlain(all.toArray(String[]::new));
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void aDryRunShowsEveryChangeAndMakesNone() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup("--dry-run")).isZero();
        assertThat(ctl.out())
                .contains(
                        "ok       VirtualHost \"example.net\"",
                        "missing  Component \"devstate.example.net\" with a secret",
                        "New file " + folder.resolve("etc/conf.d/devstate.cfg.lua"),
                        "+   component_secret = \"(secret)\"",
                        "+ (private key)",
                        "Nothing was changed (--dry-run).");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void filesAreChangedAndTheAccountIsMade() throws Exception {
        ctl.service.fails(Failure.unreachable("it is down"));
        assertThat(setup("--yes")).isZero();
        String password = Files.readString(folder.resolve("devstatectl.password"));
        assertThat(folder.resolve("admin@example.net")).hasContent(password);
        assertThat(folder.resolve("own/component.conf"))
                .content()
                .contains("administrators = [ \"admin@example.net\" ]");
        assertThat(ctl.out())
                .contains("Left to do:", "restart Prosody", "--config " + folder.resolve("own/component.conf"))
                .doesNotContain(password.strip());
    }

    @Test
    void allIsUndoneByteForByte() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isZero();
        assertThat(setup("--undo", "--yes")).isZero();
        Files.delete(folder.resolve("admin@example.net"));
        assertThat(tree()).isEqualTo(before);
        assertThat(setup("--undo", "--yes")).isZero();
        assertThat(ctl.out()).contains("Nothing has to be undone");
    }

    @Test
    void aFileThatWasChangedSinceIsRestoredByForceOnly() throws Exception {
        assertThat(setup("--yes")).isZero();
        Path component = folder.resolve("own/component.conf");
        Files.writeString(component, "mine = true\n");
        Map<String, String> before = tree();
        assertThat(setup("--undo", "--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("changed since", component.toString(), "--force");
        assertThat(tree()).isEqualTo(before);
        assertThat(setup("--undo", "--yes", "--force")).isZero();
        assertThat(component).doesNotExist();
    }

    @Test
    void aSecondRunChangesNothingAndMakesTheFirstSite() throws Exception {
        assertThat(setup("--yes")).isZero();
        Map<String, String> before = tree();
        Table none = Table.of("site").build();
        Field made = Field.yesNo("account-created", "", "").with("true");
        ctl.service.answers(done(Result.of("", none)), done(Result.of("", none)), done());
        ctl.service.answers(
                done(Result.of("", none)),
                done(
                        made,
                        Field.text("account", "", "").with("pbx1@example.net"),
                        Field.text("password", "", "").with("s3cret")));
        assertThat(setup("--yes", "--site", "paris")).as(ctl.err()).isZero();
        assertThat(ctl.out())
                .contains("No file has to be changed", "Copy xmpp.conf from")
                .doesNotContain("missing");
        assertThat(ctl.service.asked())
                .anyMatch(asked -> asked.startsWith("devstate-add-site"))
                .contains("devstate-add-server COMPLETE {site=[paris], server=[pbx1]}");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void theReasonWhyTheServiceDoesNotAnswerIsShown() {
        assertThat(setup("--yes")).isZero();
        assertThat(ctl.out()).contains("Left to do:").doesNotContain("does not answer");
        ctl.service.fails(Failure.unreachable("the login is rejected"));
        assertThat(setup("--yes")).isZero();
        assertThat(ctl.out()).contains("The service does not answer:", "the login is rejected", "Left to do:");
    }

    @Test
    void aServiceWithAServerNeedsNothing() throws Exception {
        assertThat(setup("--yes")).isZero();
        Table sites = Table.of("site").row("berlin").build();
        Table servers = Table.of("account").row("pbx7@example.net").build();
        ctl.service.answers(done(Result.of("", sites)), done(Result.of("", sites)), done(Result.of("", servers)));
        assertThat(setup("--yes")).isZero();
        assertThat(ctl.out()).contains("ok       site berlin", "Nothing is left to do");
    }

    @Test
    void aSiteThatIsNotMadeIsNamedWithTheReason() throws Exception {
        Path component = folder.resolve("own/component.conf");
        Files.createDirectories(component.getParent());
        Files.writeString(component, "accounts = [ \"pbx*@example.net\" ]\n");
        assertThat(setup("--yes")).isZero();
        answerSiteWithServer("default");
        assertThat(setup("--yes", "--site", "paris")).as(ctl.err()).isZero();
        assertThat(ctl.out())
                .contains("the site paris is not made: pbx1@example.net is in the site default, by accounts ="
                        + " [ \"pbx*@example.net\" ] in " + component);
        answerSiteWithServer("rome");
        assertThat(setup("--yes", "--site", "paris")).as(ctl.err()).isZero();
        assertThat(ctl.out())
                .contains("there is the site rome. To make it: devstatectl add-site paris")
                .contains("devstatectl add-server rome pbx2", "devstatectl add-site berlin");
    }

    private void answerSiteWithServer(String name) {
        Table sites = Table.of("site").row(name).build();
        Table servers = Table.of("account").row("pbx7@example.net").build();
        ctl.service.answers(done(Result.of("", sites)), done(Result.of("", sites)), done(Result.of("", servers)));
    }

    @Test
    void theGivenCommandsRestartBoth() throws Exception {
        Table sites = Table.of("site").row("berlin").build();
        ctl.service
                .fails(Failure.unreachable("not yet"))
                .answers(done(Result.of("", sites)), done(Result.of("", sites)), done(Result.of("", sites)));
        String log = folder.resolve("restarts").toString();
        assertThat(setup(
                        "--yes",
                        "--restart-server",
                        "echo server >> " + log,
                        "--restart-component",
                        "echo component >> " + log))
                .as(ctl.err())
                .isZero();
        assertThat(Path.of(log)).hasContent("server\ncomponent");
        assertThat(ctl.out()).contains("Nothing is left to do");
    }

    @Test
    void aFailingRestartIsShownWithItsOutput() {
        assertThat(setup("--yes", "--restart-server", "echo no such unit; exit 5"))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("ended with status 5", "no such unit");
    }

    @Test
    void aNoChangesNothing() throws Exception {
        Map<String, String> before = tree();
        ctl.with("n");
        assertThat(setup("--server-host", "xmpp.example.net")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("Nothing was changed");
        assertThat(ctl.questions).containsExactly("Make this change? [y/N]");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aPersonIsAskedForEachChange() {
        ctl.with("y");
        ctl.service.fails(Failure.unreachable("it is down"));
        assertThat(setup("--restart-server", "exit 5")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.questions)
                .contains("Make this change? [y/N]", "Make the account admin@example.net? [y/N]")
                .hasSizeGreaterThan(6);
    }

    @Test
    void withoutATerminalAConfirmationIsNeeded() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup()).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("no terminal", "--yes", "--dry-run");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aChangeThatProsodyRejectsIsUndone() throws Exception {
        Map<String, String> before = tree();
        assertThat(setup("--yes", "--admin", "broken@example.net")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("a syntax error", "All changes of this run were undone");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aConfigurationThatProsodyRejectsAlreadyIsNotTouched() throws Exception {
        main("-- broken\nVirtualHost \"example.net\"\nInclude \"conf.d/*.cfg.lua\"\n");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("Prosody cannot load its configuration").doesNotContain("undone");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aThingForTheUserStopsItBeforeAnyChange() throws Exception {
        Files.writeString(folder.resolve("etc/conf.d/x.cfg.lua"), "c2s_close_timeout = 9\n");
        Map<String, String> before = tree();
        assertThat(setup("--yes")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("Nothing was changed", "set c2s_close_timeout = 1", "x.cfg.lua, line 1");
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void anExistingAccountNeedsItsPassword() throws Exception {
        Files.writeString(folder.resolve("admin@example.net"), "mine\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("admin@example.net exists", "--password-file");
        assertThat(setup(
                        "--yes",
                        "--password-file",
                        folder.resolve("admin@example.net").toString()))
                .isZero();
        assertThat(folder.resolve("devstatectl.conf")).content().contains("password-file = \"admin@example.net\"");
    }

    @Test
    void aConfigurationOfAnotherServiceIsNotReplaced() throws Exception {
        Files.writeString(
                folder.resolve("devstatectl.conf"), "service = other.example.org\nas = \"admin@example.net\"\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("'service' as other.example.org", "--config");
    }

    @Test
    void aConfigurationWithoutItsPasswordFileNeedsOne() throws Exception {
        Files.writeString(
                folder.resolve("devstatectl.conf"), "service = devstate.example.net\nas = \"admin@example.net\"\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("add the line 'password-file = devstatectl.password'");
        Files.writeString(folder.resolve("admin@example.net"), "mine\n");
        assertThat(setup("--yes")).isZero();
        assertThat(folder.resolve("devstatectl.password")).doesNotExist();
    }

    @Test
    void theHostForAsteriskIsAskedForOnce() throws Exception {
        ctl.with("127.0.0.1");
        assertThat(setup("--dry-run", "--domain", "localhost")).isZero();
        assertThat(ctl.questions).containsExactly("Where do the Asterisk servers find this machine? [localhost]");
        assertThat(ctl.out()).contains("enrolment.server-host = \"127.0.0.1\"").doesNotContain("cannot resolve");
    }

    @Test
    void aHostThatCannotBeResolvedIsWarnedOf() {
        assertThat(setup("--dry-run", "--domain", "pbx.invalid")).isZero();
        assertThat(ctl.out()).contains("note     this machine cannot resolve the name pbx.invalid");
        ctl.with("other.invalid");
        assertThat(setup("--dry-run", "--domain", "pbx.invalid")).isZero();
        assertThat(ctl.questions).hasSize(2).allMatch(question -> question.startsWith("Where do the Asterisk"));
        assertThat(ctl.out())
                .contains("cannot resolve the name pbx.invalid", "cannot resolve the name other.invalid")
                .contains("enrolment.server-host = \"other.invalid\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--server openfire,'must be prosody, ejabberd or tigase'",
        "--server ejabberd,'ejabberd.yml; install ejabberd'",
        "--server tigase --tigase-home /nowhere,/nowhere is no Tigase installation",
        "--domain a_b,is no domain",
        "--server-host a/b,is no name or address",
        "--admin nobody,must be an account",
        "--admin a@example.org --domain example.net,must be an account of example.net",
        "--service example.net,must be an address of its own",
        "--config-dir /nowhere,No such file: /nowhere/prosody.cfg.lua",
        "--prosodyctl /nowhere/prosodyctl,name it by --prosodyctl",
        "--json,no output as JSON",
        "--force,for --undo only"
    })
    void invalidOptionsAreNamed(String options, String reason) throws Exception {
        Map<String, String> before = tree();
        assertThat(setup(Stream.concat(Stream.of("--yes"), Stream.of(options.split(" ", -1)))
                        .toArray(String[]::new)))
                .isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains(reason);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void oneOfSeveralServersMustBeNamed() throws Exception {
        Files.writeString(folder.resolve("etc/ejabberd.yml"), "hosts: [ a.example, b.example ]\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err())
                .contains(
                        "several XMPP servers were found: prosody, ejabberd; run one of these:",
                        "\n  devstatectl setup --",
                        "--yes --server prosody\n",
                        "--yes --server ejabberd");
        assertThat(setup("--yes", "--server", "ejabberd")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("It has a.example, b.example");
        assertThat(setup("--yes", "--server", "ejabberd", "--domain", "a.example", "--ejabberdctl", "/no/ejabberdctl"))
                .isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("/no/ejabberdctl cannot be run", "name it by --ejabberdctl");
    }

    @Test
    void theDomainMustBeGivenUnlessThereIsOne() throws Exception {
        main("VirtualHost \"localhost\"\nInclude \"conf.d/*.cfg.lua\"\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("--domain is missing");
        main("VirtualHost \"a.example\"\nVirtualHost \"b.example\"\nInclude \"conf.d/*.cfg.lua\"\n");
        assertThat(setup("--yes")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("It has a.example, b.example");
    }
}
