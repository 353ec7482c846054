// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Accounts;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnrolmentTest {

    private static final String ADD = "devstate-add-server";
    private static final String REMOVE = "devstate-remove-server";

    private final AdminFixture admin = new AdminFixture();

    @BeforeEach
    void setPolicy() {
        admin.host.setPolicy(
                """
                site paris
                    servers    alice@example.net
                    publish    allow *
                    receive    allow * *
                site berlin
                    servers    bob@example.net pbx2*@example.net
                    publish    allow *
                    receive    allow * *
                site rome
                    eids       00:00:00:00:00:01
                """);
    }

    private Site site(String name) {
        return Objects.requireNonNull(admin.host.service.policy().site(name));
    }

    private List<String> bindings() {
        return admin.execute("devstate-eids", "site", "").rows().stream()
                .map(row -> row.get("eid") + " " + row.get("account") + " " + row.get("site"))
                .toList();
    }

    @Test
    void aServerGetsAnAccountAPlaceInItsSiteAndAnEid() {
        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1");

        assertThat(answer.status()).isEqualTo("completed");
        assertThat(answer.value("account")).isEqualTo("pbx1@example.net");
        assertThat(answer.value("account-created")).isEqualTo("true");
        assertThat(answer.value("todo")).isEmpty();
        assertThat(admin.accounts.passwords).containsEntry("pbx1@example.net", answer.value("password"));
        assertThat(site("paris").servers().globs()).containsExactly("alice@example.net", "pbx1@example.net");
        assertThat(bindings()).containsExactly(answer.value("eid") + " pbx1@example.net paris");
    }

    @Test
    void theFilesAreCompleteForAnAsterisk() {
        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1", "eid", "00:11:22:33:44:5a");

        assertThat(answer.values("xmpp.conf"))
                .containsExactly(
                        "[general]",
                        "auth_policy = accept",
                        "autoregister = yes",
                        "",
                        "[xmpp]",
                        "type = client",
                        "serverhost = example.net",
                        "port = 5222",
                        "username = pbx1@example.net/asterisk",
                        "secret = " + answer.value("password"),
                        "usetls = yes",
                        "usesasl = yes",
                        "statusmessage = Asterisk",
                        "timeout = 5",
                        "distribute_events = yes",
                        "pubsub_node = pubsub.example.net");
        assertThat(answer.values("asterisk.conf")).containsExactly("[options]", "entityid = 00:11:22:33:44:5a");
        assertThat(answer.values("modules.conf")).contains("[modules]", "load = res_xmpp.so");
        assertThat(answer.values("checks"))
                .anyMatch(line -> line.contains("xmpp show connections") && line.contains("Connected"));
    }

    @Test
    void passwordsAreLongAndOfLettersAndDigitsAndNeverTheSame() {
        Set<String> passwords = IntStream.range(0, 20)
                .mapToObj(i -> admin.execute(ADD, "site", "paris", "server", "pbx1" + i)
                        .value("password"))
                .collect(Collectors.toSet());

        // 22 of 62 characters have 131 bits.
        assertThat(passwords).hasSize(20).allMatch(password -> password.matches("[A-Za-z0-9]{22,}"));
    }

    @Test
    void aGeneratedEidIsLocallyAdministeredAndUnicast() {
        for (int i = 0; i < 20; i++) {
            String eid =
                    admin.execute(ADD, "site", "paris", "server", "pbx1" + i).value("eid");

            assertThat(Objects.requireNonNull(Eid.parse(eid)).value() >> 40 & 3).isEqualTo(2);
        }
    }

    @Test
    void anExistingServerIsNotAddedAgainAndNothingIsChanged() {
        CommandAnswer first = admin.execute(ADD, "site", "paris", "server", "pbx1");
        CommandAnswer again = admin.execute(ADD, "site", "paris", "server", "pbx1");

        assertThat(again.notes())
                .singleElement()
                .asString()
                .contains(
                        "error: server: pbx1@example.net is a server already, with the EID " + first.value("eid"),
                        "nothing was changed",
                        "devstate-set-password");
        assertThat(again.iq().toString()).doesNotContain(first.value("password"));
        assertThat(bindings()).hasSize(1);
        assertThat(admin.accounts.passwords).containsEntry("pbx1@example.net", first.value("password"));
    }

    @Test
    void anExistingAccountIsUsedOnlyOnRequest() {
        admin.accounts.passwords.put("pbx1@example.net", "its own");

        assertThat(admin.execute(ADD, "site", "paris", "server", "pbx1").notes())
                .singleElement()
                .asString()
                .contains("exists already", "nothing was changed", "--existing-account");
        assertThat(bindings()).isEmpty();
        assertThat(site("paris").servers().globs()).containsExactly("alice@example.net");

        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1", "existing-account", "true");
        assertThat(answer.value("password")).isEmpty();
        assertThat(answer.value("account-created")).isEqualTo("false");
        assertThat(answer.value("todo")).contains("Put the password of the account pbx1@example.net into xmpp.conf");
        assertThat(admin.accounts.passwords).containsEntry("pbx1@example.net", "its own");
        assertThat(bindings()).hasSize(1);
    }

    @Test
    void aServerGetsANewPasswordAndNewFilesWithItsEid() {
        CommandAnswer first = admin.execute(ADD, "site", "paris", "server", "pbx1");
        CommandAnswer answer = admin.execute("devstate-set-password", "account", "pbx1");

        assertThat(answer.value("password")).isNotEqualTo(first.value("password"));
        assertThat(admin.accounts.passwords).containsEntry("pbx1@example.net", answer.value("password"));
        assertThat(answer.value("password-changed")).isEqualTo("true");
        assertThat(answer.value("eid")).isEqualTo(first.value("eid"));
        assertThat(answer.value("xmpp.conf")).contains("secret = " + answer.value("password"));
        assertThat(answer.values("asterisk.conf")).isEqualTo(first.values("asterisk.conf"));
        assertThat(bindings()).hasSize(1);
    }

    @Test
    void noPasswordIsSetForAnUnknownServerOrAccount() {
        assertThat(admin.execute("devstate-set-password", "account", "nobody").notes())
                .containsExactly("error: account: there is no server nobody@example.net; devstate-servers lists them");
        assertThat(admin.execute("devstate-set-password", "account", "alice").notes())
                .containsExactly("error: account: there is no account alice@example.net at the XMPP server");
        admin.accounts.instead = new Accounts.AccountOutcome.Elsewhere("change it yourself");
        CommandAnswer answer = admin.execute("devstate-set-password", "account", "alice");
        assertThat(answer.value("password-changed")).isEqualTo("false");
        assertThat(answer.value("todo")).isEqualTo("change it yourself");
        assertThat(answer.value("password")).isNotEmpty();
    }

    @Test
    void ifTheHostHasNoAccountsTheResultExplainsWhatToDo() {
        admin.accounts.instead = new Accounts.AccountOutcome.Elsewhere("register it yourself");

        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1");

        assertThat(answer.value("todo")).isEqualTo("register it yourself");
        assertThat(answer.value("account-created")).isEqualTo("false");
        assertThat(answer.value("xmpp.conf")).contains("secret = " + answer.value("password"));
        assertThat(answer.value("password")).isNotEmpty();
    }

    /** So that devstatectl can look there first whether the account exists. */
    @Test
    void theFormNamesThePlaceOfTheAccountIfTheHostHasNone() {
        assertThat(admin.execute(ADD).fields()).doesNotContainKey("accounts-at");
        admin.accounts.instead = new Accounts.AccountOutcome.Elsewhere("register it yourself");

        assertThat(admin.execute(ADD).value("accounts-at")).isEqualTo("example.net");
    }

    @Test
    void ifTheAccountCannotBeMadeNothingIsChanged() {
        admin.accounts.instead = new Accounts.AccountOutcome.Failed("no database");

        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1");

        assertThat(answer.notes()).containsExactly("error: server: the account could not be created: no database");
        assertThat(site("paris").servers().globs()).containsExactly("alice@example.net");
        assertThat(bindings()).isEmpty();
    }

    @Test
    void aServerThatAGlobOfItsSiteMatchesIsNotAddedToTheList() {
        admin.execute(ADD, "site", "berlin", "server", "pbx21");

        assertThat(site("berlin").servers().globs()).containsExactly("bob@example.net", "pbx2*@example.net");
        assertThat(admin.accounts.passwords).containsKey("pbx21@example.net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paris", "rome"})
    void aServerOfAnotherSiteIsNotTakenFromIt(String site) {
        CommandAnswer answer = admin.execute(ADD, "site", site, "server", "pbx21");

        assertThat(answer.notes())
                .containsExactly(
                        "error: server: pbx21@example.net is a server of the site berlin, which has the servers"
                                + " bob@example.net pbx2*@example.net; change these first: devstatectl edit-site berlin --server"
                                + " SERVERS, or devstatectl remove-site berlin");
        assertThat(admin.accounts.passwords).isEmpty();
        assertThat(bindings()).isEmpty();
    }

    @Test
    void aServerThatAnotherSiteNamesIsToBeRemovedThereFirst() {
        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "bob");

        assertThat(answer.notes())
                .containsExactly("error: server: bob@example.net is a server of the site berlin, which has the servers"
                        + " bob@example.net pbx2*@example.net; remove it there first: devstatectl remove-server"
                        + " bob@example.net");
    }

    @Test
    void aServerInNoSiteIsPutIntoOneWithItsEid() {
        String eid = admin.execute(ADD, "site", "paris", "server", "pbx1").value("eid");
        admin.execute("devstate-remove-site", "name", "paris", "confirm", "true");

        assertThat(admin.execute(ADD, "site", "berlin", "server", "pbx1").notes())
                .containsExactly("error: server: pbx1@example.net is a server already, with the EID " + eid
                        + ", in no site; nothing was changed. Set existing-account to put it into this site"
                        + " (devstatectl add-server --existing-account)");
        CommandAnswer answer = admin.execute(ADD, "site", "berlin", "server", "pbx1", "existing-account", "true");

        assertThat(answer.value("eid")).isEqualTo(eid);
        assertThat(site("berlin").servers().globs())
                .containsExactly("bob@example.net", "pbx2*@example.net", "pbx1@example.net");
    }

    @Test
    void ifTheSiteListsItsEidsTheNewOneIsAdded() {
        String eid = admin.execute(ADD, "site", "rome", "server", "pbx9").value("eid");

        assertThat(site("rome").eids().toString()).contains("00:00:00:00:00:01", eid);
    }

    @Test
    void anEidIsNotTakenFromItsAccount() {
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "INUSE");

        CommandAnswer answer = admin.execute(ADD, "site", "paris", "server", "pbx1", "eid", Stanzas.EID_A);

        assertThat(answer.notes())
                .singleElement()
                .asString()
                .contains("error: eid: this EID belongs to another account");
        assertThat(admin.accounts.passwords).isEmpty();
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net paris");
    }

    @Test
    void anEidReservedForAnotherSiteIsNotAssigned() {
        assertThat(admin.execute(ADD, "site", "paris", "server", "pbx1", "eid", "00:00:00:00:00:01")
                        .notes())
                .containsExactly("error: eid: 00:00:00:00:00:01 is reserved for the servers of the site rome");
    }

    @Test
    void onlyTheNewServerMayPublishByItsEid() {
        String eid = admin.execute(ADD, "site", "paris", "server", "pbx1").value("eid");

        assertThat(Stanzas.codeOf(admin.host.ask(ServiceFixture.ALICE, Stanzas.publishState("X", eid, "INUSE"))))
                .isEqualTo("403");
        assertThat(Stanzas.codeOf(
                        admin.host.ask(Jid.of("pbx1@example.net/asterisk"), Stanzas.publishState("X", eid, "INUSE"))))
                .isEqualTo("result");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PBX1|pbx1@example.net",
                "pbx1@Other.example|pbx1@other.example",
            })
    void accountsAreOfLowerCase(String server, String account) {
        assertThat(admin.execute(ADD, "site", "paris", "server", server).value("account"))
                .isEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pbx*", "a b", "pbx1@", "@example.net", "pbx1/asterisk", "a@b@c", "pbx;1", "pbx1\nsecret=x"})
    void anythingButASingleAccountIsRejected(String server) {
        assertThat(admin.execute(ADD, "site", "paris", "server", server).notes())
                .singleElement()
                .asString()
                .startsWith("error: server: must be an account such as pbx1@example.net");
        assertThat(admin.accounts.passwords).isEmpty();
    }

    @Test
    void aRemovedServerLosesItsEidsAndEntries() {
        admin.accounts.passwords.put("alice@example.net", "secret");
        admin.host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "INUSE");
        admin.host.publishMailbox(ServiceFixture.ALICE, "1@default", Stanzas.EID_A, 2, 0);
        admin.host.subscribeToAll(ServiceFixture.BOB);

        CommandAnswer answer = admin.execute(REMOVE, "account", "alice", "delete-account", "true");

        assertThat(answer.notes())
                .containsExactly(
                        "info: alice@example.net is now in no site. EIDs freed: 1. Entries removed: 2",
                        "info: The account is deleted");
        assertThat(admin.host.messagesTo(ServiceFixture.BOB))
                .containsExactly(
                        ServiceFixture.state(ServiceFixture.BOB, "SIP/1", Stanzas.EID_A, "UNAVAILABLE"),
                        ServiceFixture.mailbox(ServiceFixture.BOB, "1@default", Stanzas.EID_A, 0, 0));
        assertThat(admin.host.service.admits(ServiceFixture.ALICE)).isFalse();
        assertThat(admin.host.service.status().entries()).isZero();
        assertThat(bindings()).isEmpty();
        assertThat(admin.accounts.passwords).isEmpty();
    }

    @Test
    void anAccountStaysUnlessItsDeletionIsRequested() {
        admin.accounts.passwords.put("alice@example.net", "secret");

        admin.execute(REMOVE, "account", "alice@example.net");

        assertThat(admin.accounts.passwords).containsOnlyKeys("alice@example.net");
    }

    @Test
    void aServerMatchedByAGlobIsNotRemovedAndLosesNothing() {
        admin.execute(ADD, "site", "berlin", "server", "pbx21");

        CommandAnswer answer = admin.execute(REMOVE, "account", "pbx21", "delete-account", "true");

        assertThat(answer.notes())
                .singleElement()
                .asString()
                .contains("error: account:", "bob@example.net pbx2*@example.net", "berlin", "devstate-edit-site");
        assertThat(bindings()).hasSize(1);
        assertThat(admin.accounts.passwords).containsOnlyKeys("pbx21@example.net");
    }

    @Test
    void anUnknownServerIsNotRemoved() {
        assertThat(admin.execute(REMOVE, "account", "nobody").notes())
                .containsExactly("error: account: there is no server nobody@example.net; devstate-servers lists them");
    }
}
