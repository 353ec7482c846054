// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The commands as stanzas, on both hosts: that they are found, carried out in stages, and hidden from others. */
@Tag("e2e")
final class CommandsIT {

    private static final HostSetup SETUP = HostSetup.governed(
            """
            site paris
                servers  pbx1@example.net
                publish  allow *
                receive  allow * *
            """);

    private static final String COMMANDS = "http://jabber.org/protocol/commands";

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnAHost {

        private XmppServer xmpp;
        private XmppClient admin;

        abstract XmppServer start(Path folder);

        @BeforeAll
        void open() {
            xmpp = start(Office.FOLDER.resolve("CommandsIT").resolve(getClass().getSimpleName()));
            List.of("admin", "pbx1", "mallory").forEach(xmpp::addAccount);
            admin = XmppClient.login(xmpp, "admin", "console");
        }

        @AfterAll
        void close() {
            if (admin != null) {
                admin.close();
            }
            if (xmpp != null) {
                xmpp.close();
            }
        }

        XmppServer xmpp() {
            return xmpp;
        }

        CommandAnswer run(XmppClient client, String node, String session, String action, String... fields) {
            XmlElement form = fields.length == 0 ? null : AdminFixture.form(fields);
            String command = Xml.write(
                    AdminFixture.command(node, session, action, form).children().get(0));
            return new CommandAnswer(client.request("set", xmpp.service(), command));
        }

        List<String> listed(XmppClient client) {
            String query = "<query xmlns='http://jabber.org/protocol/disco#items' node='" + COMMANDS + "'/>";
            return client.request("get", xmpp.service(), query).children().stream()
                    .flatMap(child -> child.children().stream())
                    .map(item -> String.valueOf(item.attribute("node")))
                    .filter(node -> node.startsWith("devstate-"))
                    .toList();
        }

        @Test
        void anAdministratorFindsThem() {
            assertThat(listed(admin)).hasSize(27).contains("devstate-sites", "devstate-nodes", "devstate-import");
        }

        @Test
        void otherAccountsNeitherFindNorRunThem() {
            try (XmppClient mallory = XmppClient.login(xmpp, "mallory", "console")) {
                assertThat(listed(mallory)).isEmpty();
                assertThat(run(mallory, "devstate-sites", "", "execute").error())
                        .isEqualTo("forbidden");
            }
            assertThat(run(admin, "devstate-rejections", "", "execute").column("from"))
                    .contains("mallory@example.net/console");
        }

        @Test
        void commandsRunInStages() {
            CommandAnswer asked = run(admin, "devstate-edit-site", "", "");
            CommandAnswer shown = run(admin, "devstate-edit-site", asked.session(), "next", "name", "paris");
            assertThat(shown.value("servers")).contains("pbx1@example.net");
            CommandAnswer wrong = run(admin, "devstate-edit-site", shown.session(), "complete", "grace", "soon");
            assertThat(wrong.notes()).singleElement().asString().startsWith("error: grace: ");

            CommandAnswer done = run(admin, "devstate-edit-site", wrong.session(), "complete", "grace", "7 s");

            assertThat(done.value("policy")).contains("grace     7 s");
            assertThat(run(admin, "devstate-edit-site", done.session(), "complete")
                            .error())
                    .isEqualTo("not-allowed session-expired");
        }

        @Test
        void aServersEntryIsShownAndOverridden() {
            try (XmppClient pbx = XmppClient.login(xmpp, "pbx1", "asterisk")) {
                pbx.request(
                        "set",
                        xmpp.service(),
                        Xml.write(Stanzas.publishState("SIP/1", Stanzas.EID_A, "INUSE")
                                .children()
                                .get(0)));

                assertThat(run(admin, "devstate-entries", "", "execute", "id", "SIP/*")
                                .column("value"))
                        .containsExactly("INUSE");
                run(
                        admin,
                        "devstate-set-entry",
                        "",
                        "execute",
                        "node",
                        "device_state",
                        "id",
                        "SIP/1",
                        "eid",
                        Stanzas.EID_A,
                        "value",
                        "BUSY");
                assertThat(run(admin, "devstate-entry", "", "execute", "node", "device_state", "id", "SIP/1")
                                .rows())
                        .singleElement()
                        .satisfies(row ->
                                assertThat(row).containsEntry("value", "BUSY").containsEntry("overridden", "true"));
            }
        }
    }

    @Nested
    final class ComponentOnProsody extends OnAHost {

        @Override
        XmppServer start(Path folder) {
            return Prosody.start(Testbed.find(), folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
        }

        @Test
        void theFormStatesThatTheAdministratorMakesTheAccount() {
            CommandAnswer answer =
                    run(super.admin, "devstate-add-server", "", "execute", "site", "paris", "server", "pbx7");

            assertThat(answer.value("account")).isEqualTo("pbx7@example.net");
            assertThat(answer.value("account-created")).isEqualTo("false");
            assertThat(answer.value("todo")).contains("prosodyctl adduser pbx7@example.net");
        }
    }

    @Nested
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    final class PluginInTigase extends OnAHost {

        @Override
        XmppServer start(Path folder) {
            return Tigase.start(Tigase.home().orElseThrow(), folder, SETUP);
        }

        @Test
        void anAddedServerCanLogInAndIsGoneWhenItIsRemoved() {
            CommandAnswer added =
                    run(super.admin, "devstate-add-server", "", "execute", "site", "paris", "server", "pbx7");
            assertThat(added.value("account-created")).isEqualTo("true");
            assertThat(added.value("todo")).isEmpty();
            try (XmppClient pbx = XmppClient.login(xmpp(), "pbx7", added.value("password"), "asterisk")) {
                String publish = Xml.write(Stanzas.publishState("SIP/7", added.value("eid"), "INUSE")
                        .children()
                        .get(0));
                assertThat(pbx.request("set", xmpp().service(), publish).attribute("type"))
                        .isEqualTo("result");
            }

            CommandAnswer removed = run(
                    super.admin, "devstate-remove-server", "", "execute", "account", "pbx7", "delete-account", "true");

            assertThat(removed.notes()).contains("info: The account is deleted");
            assertThatThrownBy(() -> XmppClient.login(xmpp(), "pbx7", added.value("password"), "asterisk"))
                    .isInstanceOf(RuntimeException.class);
        }

        @Test
        void tigaseRunsItsOwnCommands() {
            CommandAnswer answer = run(super.admin, "read-all-nodes", "", "");

            assertThat(answer.status()).isEqualTo("executing");
            assertThat(answer.form().toString()).contains("Reading all nodes");
        }
    }
}
