// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.ctl.FakeService.done;
import static org.devstate.ctl.FakeService.noted;
import static org.devstate.ctl.FakeService.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The subcommands {@code add-server} and {@code remove-server}. */
final class ServersTest {

    private static final String ADD_USER = "http://jabber.org/protocol/admin#add-user";
    private static final String GET_ROSTER = "http://jabber.org/protocol/admin#get-user-roster";
    private static final String DELETE_USER = "http://jabber.org/protocol/admin#delete-user";

    @TempDir
    private Path folder = Path.of("");

    private CtlFixture ctl;

    @BeforeEach
    void begin() throws Exception {
        ctl = new CtlFixture(folder);
    }

    private static Answer enrolled(boolean created) {
        return done(
                Field.text("account", "", "").with("pbx1@example.net"),
                Field.text("password", "", "").with("s3cret"),
                Field.yesNo("account-created", "", "").with(created ? "true" : "false"),
                Field.text("eid", "", "").with("02:00:00:00:00:01"),
                Field.lines("xmpp.conf", "", "").with(List.of("[xmpp]", "secret = s3cret")),
                Field.lines("asterisk.conf", "", "").with(List.of("[options]")),
                Field.lines("modules.conf", "", "").with(List.of("[modules]")),
                Field.lines("checks", "", "").with(List.of("xmpp show connections")),
                Field.lines("todo", "", "").with(created ? List.of() : List.of("make the account")));
    }

    @Test
    void ifTheServiceMakesTheAccountTheXmppServerIsNotAsked() {
        ctl.service.answers(enrolled(true));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-add-server EXECUTE {}", "devstate-add-server COMPLETE {site=[paris], server=[pbx1]}");
        assertThat(ctl.out()).contains("# xmpp.conf\n[xmpp]\nsecret = s3cret\n", "# checks\nxmpp show connections\n");
    }

    @Test
    void ifTheServiceMakesNoAccountTheXmppServerDoes() {
        ctl.service
                .makesNoAccounts()
                .answers(
                        stage(List.of()),
                        noted(Note.Severity.ERROR, "User does not exist"),
                        enrolled(false),
                        stage(List.of()),
                        noted(Note.Severity.INFO, "made"));
        assertThat(ctl.run("add-server", "paris", "pbx1", "--eid", "02:00:00:00:00:01"))
                .isZero();
        assertThat(ctl.service.requests())
                .extracting(request -> request.to() + " " + request.node())
                .containsExactly(
                        "devstate.example.net devstate-add-server",
                        "example.net " + GET_ROSTER,
                        "example.net " + GET_ROSTER,
                        "devstate.example.net devstate-add-server",
                        "example.net " + ADD_USER,
                        "example.net " + ADD_USER);
        assertThat(ctl.service.lastFields())
                .containsEntry("accountjid", List.of("pbx1@example.net"))
                .containsEntry("password", List.of("s3cret"))
                .containsEntry("password-verify", List.of("s3cret"));
        assertThat(ctl.out()).containsPattern("account-created +yes").doesNotContain("make the account");
    }

    /** With Prosody's answer. */
    @Test
    void anAccountThatExistsAtTheXmppServerIsNoticedBeforeAnythingIsChanged() {
        Path files = folder.resolve("pbx1");
        ctl.service
                .makesNoAccounts()
                .answers(stage(List.of()), done(Field.text("accountjid", "", "").with("pbx1@example.net")), done());
        assertThat(ctl.run("add-server", "paris", "PBX1", "--output-dir", files.toString()))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-add-server EXECUTE {}",
                        GET_ROSTER + " EXECUTE {}",
                        GET_ROSTER + " COMPLETE {accountjid=[pbx1@example.net]}",
                        "devstate-add-server CANCEL {}",
                        "devstate-eids EXECUTE {}");
        assertThat(ctl.err())
                .contains("pbx1@example.net exists already", "nothing was changed", "give --existing-account");
        assertThat(files).doesNotExist();
        assertThat(ctl.out()).isEmpty();
    }

    @Test
    void anExistingServerIsReportedAsSuch() {
        Table eids = Table.of("eid", "account")
                .row("00:11:22:33:44:55", "pbx1@example.net")
                .build();
        ctl.service
                .makesNoAccounts()
                .answers(
                        stage(List.of()),
                        done(Field.text("accountjid", "", "").with("pbx1@example.net")),
                        done(Result.of("", eids)));
        Path files = folder.resolve("pbx1");
        assertThat(ctl.run("add-server", "paris", "pbx1", "--output-dir", files.toString()))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("pbx1@example.net is a server already, so nothing was changed");
        assertThat(files).doesNotExist();
    }

    /** ejabberd has no command for that, and an administrator of the service may be none of Prosody. */
    @Test
    void anXmppServerThatDoesNotReportAccountsIsAskedForANewOne() {
        ctl.service
                .makesNoAccounts()
                .fails(Failure.rejected("item-not-found"))
                .answers(enrolled(false), stage(List.of()), noted(Note.Severity.INFO, "made"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.out()).containsPattern("account-created +yes");
    }

    @Test
    void anExistingAccountThatIsToBeUsedIsNotLookedFor() {
        ctl.service
                .makesNoAccounts()
                .answers(done(
                        Field.text("account", "", "").with("pbx1@example.net"),
                        Field.text("password", "", "").with(""),
                        Field.yesNo("account-created", "", "").with("false")));
        assertThat(ctl.run("add-server", "paris", "pbx1", "--existing-account")).isZero();
        assertThat(ctl.service.requests()).hasSize(2);
    }

    /** If that was not reported before; Prosody's text is not read, but Prosody is asked. */
    @Test
    void ifTheAccountExistsAtTheXmppServerAllIsUndone() {
        Path files = folder.resolve("pbx1");
        ctl.service.answers(
                enrolled(false),
                stage(List.of()),
                noted(Note.Severity.ERROR, "Account already exists"),
                stage(List.of()),
                done(Field.text("accountjid", "", "").with("pbx1@example.net")),
                noted(Note.Severity.INFO, "free"),
                noted(Note.Severity.INFO, "removed"));
        assertThat(ctl.run("add-server", "paris", "pbx1", "--output-dir", files.toString()))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.service.asked())
                .endsWith(
                        "devstate-reset-eid EXECUTE {eid=[02:00:00:00:00:01]}",
                        "devstate-remove-server EXECUTE {account=[pbx1@example.net]}");
        assertThat(ctl.err()).contains("exists already", "nothing was changed", "--existing-account");
        assertThat(files).doesNotExist();
        assertThat(ctl.out()).isEmpty();
    }

    /** ejabberd. */
    @Test
    void ifTheXmppServerReportsAConflictAllIsUndone() {
        ctl.service
                .answers(enrolled(false), stage(List.of()))
                .fails(Failure.conflict("rejected"))
                .answers(noted(Note.Severity.INFO, "free"), noted(Note.Severity.INFO, "removed"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.service.asked()).last().isEqualTo("devstate-remove-server EXECUTE {account=[pbx1@example.net]}");
        assertThat(ctl.err()).contains("exists already", "nothing was changed", "--existing-account");
    }

    @Test
    void anErrorIsNoConflictOnlyBecauseOfItsText() {
        ctl.service
                .answers(
                        enrolled(false),
                        stage(List.of()),
                        noted(Note.Severity.ERROR, "conflict: no such policy exists"),
                        stage(List.of()))
                .fails(Failure.rejected("no such account"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.service.asked()).noneMatch(asked -> asked.startsWith("devstate-remove-server"));
        assertThat(ctl.err()).contains("no such policy exists", "prosodyctl register pbx1 example.net s3cret");
    }

    @Test
    void anExistingAccountIsUsedOnRequest() {
        ctl.service.answers(done(
                Field.text("account", "", "").with("pbx1@example.net"),
                Field.text("password", "", "").with(""),
                Field.yesNo("account-created", "", "").with("false")));
        assertThat(ctl.run("add-server", "paris", "pbx1", "--existing-account")).isZero();
        assertThat(ctl.service.asked())
                .containsExactly(
                        "devstate-add-server EXECUTE {}",
                        "devstate-add-server COMPLETE {site=[paris], server=[pbx1], existing-account=[true]}");
    }

    private static Answer renewed(boolean changed) {
        return done(
                Field.text("account", "", "").with("pbx1@example.net"),
                Field.text("password", "", "").with("n3w"),
                Field.yesNo("password-changed", "", "").with(Boolean.toString(changed)),
                Field.lines("xmpp.conf", "", "").with(List.of("[xmpp]", "secret = n3w")),
                Field.lines("asterisk.conf", "", "").with(List.of("[options]")),
                Field.lines("todo", "", "").with(List.of("change it")));
    }

    @Test
    void aNewPasswordIsSetAtTheXmppServerIfTheServiceCannot() throws IOException {
        Path files = folder.resolve("new");
        ctl.service.answers(renewed(false), stage(List.of()), done());
        assertThat(ctl.run("set-password", "pbx1", "--output-dir", files.toString()))
                .isZero();
        assertThat(ctl.service.asked())
                .startsWith("devstate-set-password EXECUTE {account=[pbx1@example.net]}")
                .last()
                .isEqualTo(
                        "http://jabber.org/protocol/admin#change-user-password COMPLETE {accountjid=[pbx1@example.net],"
                                + " password=[n3w]}");
        assertThat(files.resolve("xmpp.conf")).hasContent("[xmpp]\nsecret = n3w");
        assertThat(ctl.out()).containsPattern("password-changed +yes").doesNotContain("n3w", "change it");
    }

    @Test
    void aPasswordThatCannotBeChangedIsStatus1AndNoFileIsWritten() {
        Path files = folder.resolve("new");
        ctl.service.answers(renewed(false)).fails(Failure.rejected("forbidden"));
        assertThat(ctl.run("set-password", "pbx1", "--output-dir", files.toString()))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("forbidden", "nothing was changed", "prosodyctl passwd pbx1@example.net");
        assertThat(files).doesNotExist();
        assertThat(ctl.out()).isEmpty();
    }

    @Test
    void anAccountThatCannotBeMadeIsStatus1WithTheCommandToRunInstead() {
        ctl.service.answers(enrolled(false)).fails(Failure.rejected("no such command"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err()).contains("no such command", "prosodyctl register pbx1 example.net s3cret");
        assertThat(ctl.out()).contains("secret = s3cret").containsPattern("account-created +no");
    }

    @Test
    void anAccountThatIsMadeAtTheXmppServerIsProtectedFromItsAnswersByItself() {
        ctl.service.answers(enrolled(false), stage(List.of()), noted(Note.Severity.INFO, "made"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.service.protections()).containsExactly("devstate.example.net");
        assertThat(ctl.out()).contains("pbx1@example.net needs a privacy list, which this has set");
        assertThat(ctl.logins).hasSize(2).last().satisfies(login -> {
            assertThat(login.account()).isEqualTo("pbx1@example.net");
            assertThat(login.password()).isEqualTo("s3cret");
        });
    }

    @Test
    void anAccountThatTheServiceMakesNeedsNoProtection() {
        ctl.service.answers(enrolled(true));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.service.protections()).isEmpty();
        assertThat(ctl.out()).doesNotContain("privacy list");
    }

    @Test
    void anAccountBesideAnotherServerThanEjabberdNeedsNoPrivacyList() {
        ctl.service
                .answers(enrolled(false), stage(List.of()), noted(Note.Severity.INFO, "made"))
                .needsNoProtection();
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.out()).contains("secret = s3cret").doesNotContain("privacy list");
    }

    @Test
    void anAccountThatCannotBeProtectedIsStatus1WithTheCommandToRunInstead() {
        ctl.service
                .answers(enrolled(false), stage(List.of()), noted(Note.Severity.INFO, "made"))
                .refusesProtection(Failure.rejected("no privacy lists"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err())
                .contains("no privacy lists", "crashes when the component is not connected")
                .contains(
                        "ejabberdctl privacy_set pbx1 example.net '<query xmlns=\"jabber:iq:privacy\"><list name=\"devstate\">")
                .contains("value=\"devstate.example.net\" action=\"deny\"")
                .contains("<default name=\"devstate\"/></query>'");
        assertThat(ctl.out()).contains("secret = s3cret").containsPattern("account-created +yes");
    }

    @Test
    void anAccountThatCannotBeMadeIsExplainedForEjabberdToo() {
        ctl.service.answers(enrolled(false)).fails(Failure.rejected("no such command"));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isEqualTo(Failure.REJECTED);
        assertThat(ctl.err())
                .contains("ejabberdctl register pbx1 example.net s3cret", "ejabberdctl privacy_set pbx1")
                .contains("mod_adhoc and mod_configure");
    }

    @Test
    void filesAreWrittenRatherThanShownAndOnlyTheirOwnerReadsThePassword() throws IOException {
        Path files = folder.resolve("a/pbx1");
        ctl.service.answers(enrolled(true));
        assertThat(ctl.run("add-server", "paris", "pbx1", "--output-dir", files.toString()))
                .isZero();
        assertThat(files.resolve("xmpp.conf")).hasContent("[xmpp]\nsecret = s3cret");
        assertThat(files.resolve("asterisk.conf")).hasContent("[options]");
        assertThat(files.resolve("modules.conf")).hasContent("[modules]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("xmpp.conf"))))
                .isEqualTo("rw-------");
        assertThat(ctl.out() + ctl.err()).doesNotContain("s3cret").contains(files.toString(), "xmpp show connections");
    }

    @Test
    void existingFilesAreNotOverwrittenAndNoRequestIsSent() throws IOException {
        Files.writeString(folder.resolve("modules.conf"), "mine");
        assertThat(ctl.run("add-server", "paris", "pbx1", "--output-dir", folder.toString()))
                .isEqualTo(Failure.USAGE);
        assertThat(ctl.logins).isEmpty();
        assertThat(folder.resolve("modules.conf")).hasContent("mine");
        assertThat(ctl.err()).contains("modules.conf");
    }

    /** Its password is unknown then, and stays the same. */
    @Test
    void anExistingAccountIsNotChanged() {
        ctl.service.answers(done(
                Field.text("account", "", "").with("pbx1@example.net"),
                Field.text("password", "", "").with(""),
                Field.yesNo("account-created", "", "").with("false"),
                Field.lines("todo", "", "").with(List.of("put its password into xmpp.conf"))));
        assertThat(ctl.run("add-server", "paris", "pbx1")).isZero();
        assertThat(ctl.service.requests()).hasSize(2);
        assertThat(ctl.out()).containsPattern("account-created +no").contains("# todo\nput its password");
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 1", "n, 1, 0", "'', 1, 0"})
    void removingAServerAsksFirst(String answer, int status, int requests) {
        ctl.service.answers(done());
        assertThat(ctl.with(answer).run("remove-server", "pbx1", "--delete-account"))
                .isEqualTo(status);
        assertThat(ctl.questions)
                .singleElement()
                .asString()
                .contains("pbx1@example.net", "delete its account", "[y/N]");
        assertThat(ctl.service.requests()).hasSize(requests);
    }

    @Test
    void withoutATerminalNoServerIsRemoved() {
        assertThat(ctl.run("remove-server", "pbx1")).isEqualTo(Failure.USAGE);
        assertThat(ctl.err()).contains("--yes");
        assertThat(ctl.service.requests()).isEmpty();
    }

    @Test
    void anAccountIsDeletedOnlyOnRequest() {
        ctl.service.answers(noted(Note.Severity.WARN, "delete it"));
        assertThat(ctl.run("remove-server", "pbx1", "--yes")).isZero();
        assertThat(ctl.service.requests()).hasSize(1);
    }

    @Test
    void ifTheServiceCannotDeleteTheAccountTheXmppServerIsAsked() {
        ctl.service.answers(noted(Note.Severity.WARN, "delete it"), stage(List.of()), done());
        assertThat(ctl.run("remove-server", "pbx1", "--delete-account", "--yes"))
                .isZero();
        assertThat(ctl.service.asked()).last().isEqualTo(DELETE_USER + " COMPLETE {accountjids=[pbx1@example.net]}");
        assertThat(ctl.out()).contains("The account is deleted");
        assertThat(ctl.err()).isEmpty();
    }

    @Test
    void anAccountThatCannotBeDeletedIsStatus1WithTheCommandToRunInstead() {
        ctl.service.answers(noted(Note.Severity.WARN, "delete it")).fails(Failure.rejected("no"));
        assertThat(ctl.run("remove-server", "pbx1", "--delete-account", "--yes"))
                .isEqualTo(Failure.REJECTED);
        assertThat(ctl.err())
                .contains("prosodyctl deluser pbx1@example.net", "ejabberdctl unregister pbx1 example.net");
    }
}
