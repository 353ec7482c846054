// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The settings of the plugin, as Tigase reads them from its configuration and changes them by its own command. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ConfigurationInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ConfigurationInTigaseIT");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ADMIN = "admin";

    @Test
    void allErrorsAreReportedTogetherWithInvalidTypesAndTypingErrors() {
        ServerProcess ended = Tigase.startToEnd(
                Tigase.home().orElseThrow(),
                FOLDER.resolve("wrong"),
                """
                'asterisk-acounts' = [ 'pbx*@example.net' ]
                'grace' = 'half a minute'
                'offline-state' = 'GONE'
                'entries-per-account' = 0
                'eids-per-account' = 1.5
                'subscriptions-per-account' = true
                'stanza-characters' = 10
                'snapshot-rate' = 1000001
                'store-interval' = 1
                """);

        assertThat(ended.exitStatus()).isEqualTo(1);
        assertThat(ended.output())
                .contains("ERROR! tigase-devstate cannot start. In etc/config.tdsl:")
                .contains("'asterisk-acounts': there is no such setting; is 'asterisk-accounts' meant?")
                .contains("'grace': must be a whole number, not 'half a minute'")
                .contains("'offline-state': must be one of UNAVAILABLE, UNKNOWN, INVALID, keep, not 'GONE'")
                .contains("'entries-per-account': must be within 1..10000000, not 0")
                .contains("'eids-per-account': must be a whole number, not '1.5'")
                .contains("'subscriptions-per-account': must be a whole number, not 'true'")
                .contains("'stanza-characters': must be within 2000..1000000, not 10")
                .contains("'snapshot-rate': must be within 100..1000000, not 1000001")
                .contains("'store-interval': must be within 10..3600000 ms, not 1 ms");
    }

    /** Tigase cannot put these into the fields of the bean, and on its own would go on without PubSub. */
    @Test
    void settingsOfAnInvalidShapeEndTheStartToo() {
        ServerProcess ended = Tigase.startToEnd(
                Tigase.home().orElseThrow(),
                FOLDER.resolve("misshapen"),
                """
                'asterisk-accounts' = [ 'pbx*@example.net', 5 ]
                'grace' = [ 5, 6 ]
                policies = 'site b'
                'snapshot-rat' = 500
                """);

        assertThat(ended.exitStatus()).isEqualTo(1);
        assertThat(ended.output())
                .contains("ERROR! tigase-devstate cannot start. In etc/config.tdsl:")
                .contains("pubsub 'asterisk-accounts': must be a list of texts, [ 'a', 'b' ]; this in it is none: 5")
                .contains("pubsub 'grace': must be one value, not a list: [5, 6]")
                .contains("pubsub 'policies': must be a block of lists")
                .contains("pubsub 'snapshot-rat': there is no such setting; is 'snapshot-rate' meant?");
    }

    @Test
    void anAdministratorChangesSettingsInTheRunningServerByTigasesOwnCommand() {
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER.resolve("running"))) {
            tigase.addAccount(ADMIN);
            tigase.addAccount("desk1");
            try (XmppClient admin = XmppClient.login(tigase, ADMIN, "client");
                    ServiceClient rejected = ServiceClient.login(tigase, "desk1", "client")) {
                assertThat(subscribe(rejected)).isEqualTo("forbidden");

                assertThat(configure(admin, tigase, "asteriskAccounts", "pbx*@example.net,desk*@example.net"))
                        .isEqualTo("result");
                Await.until("it is to log in again", SOON, rejected::hasEnded);
            }
            try (XmppClient admin = XmppClient.login(tigase, ADMIN, "client");
                    ServiceClient desk = ServiceClient.login(tigase, "desk1", "client")) {
                assertThat(subscribe(desk)).startsWith("no error");

                assertThat(configure(admin, tigase, "grace", "soon")).isEqualTo("result");
                Await.until(
                        "it is logged",
                        SOON,
                        () -> tigase.log()
                                .contains(
                                        "'grace': must be a whole number, not 'soon'; nothing of the configuration was changed"));
                assertThat(subscribe(desk)).startsWith("no error");

                assertThat(configure(admin, tigase, "grace", "7")).isEqualTo("result");
                assertThat(configure(admin, tigase, "asteriskAccounts", "pbx*@example.net"))
                        .isEqualTo("result");
                assertThat(subscribe(desk)).isEqualTo("forbidden");
                assertThat(command(admin, tigase, "service").toString()).contains("7");
            }
        }
    }

    /** An Asterisk publishes its states, and subscribes, when it logs in; it does not repeat requests that were rejected then. */
    @Test
    void onlyNewlyAdmittedAccountsLogInAgain() {
        HostSetup setup = HostSetup.inTigase("'asterisk-accounts' = 'pbx1@example.net'");
        Path folder = FOLDER.resolve("late");
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), folder, setup)) {
            List.of(ADMIN, "pbx1", "pbx2", "pbx3").forEach(tigase::addAccount);
            try (Asterisk one = asterisk(Release.V22, 1, tigase);
                    Asterisk two = asterisk(Release.V16, 2, tigase);
                    Asterisk three = asterisk(Release.V22, 3, tigase);
                    XmppClient admin = XmppClient.login(tigase, ADMIN, "client")) {
                List.of(one, two, three).forEach(server -> server.awaitConnected(Office.CONNECT));
                one.setDeviceState("Custom:agent1", "INUSE");
                two.setDeviceState("Custom:agent2", "RINGING");

                configure(admin, tigase, "asteriskAccounts", "pbx1@example.net,pbx2@example.net");
                Office.awaitMember(two, "Custom:agent1", "(In use)", Office.CONNECT);
                Office.awaitMember(one, "Custom:agent2", "(Ringing)", Office.CONNECT);
                assertThat(three.queueMember("Custom:agent1")).doesNotContain("(In use)");

                new Administrator(folder, tigase, ADMIN, ADMIN)
                        .does("edit-site", "default", "--server", "pbx*@example.net");
                Office.awaitMember(three, "Custom:agent1", "(In use)", Office.CONNECT);
                Office.awaitMember(three, "Custom:agent2", "(Ringing)", Office.CONNECT);

                assertThat(List.of(one, two, three))
                        .extracting(server -> server.log().logins())
                        .containsExactly(1L, 2L, 2L);
                assertThat(admin.hasEnded()).isFalse();
            }
        }
    }

    private static Asterisk asterisk(Release release, int number, Tigase tigase) {
        return Asterisk.start(Testbed.find(), release, FOLDER, "pbx" + number, number, tigase);
    }

    private static String subscribe(ServiceClient client) {
        return ServiceClient.condition(client.requestSubscription("device_state"));
    }

    /** Sets a field of the bean, as the last form of the command does. */
    private static String configure(XmppClient admin, Tigase tigase, String field, String value) {
        XmlElement answer = submit(admin, tigase, "service/" + field, value);
        return String.valueOf(answer.attribute("type"));
    }

    private static XmlElement command(XmppClient admin, Tigase tigase, String bean) {
        return submit(admin, tigase, "bean", bean);
    }

    private static XmlElement submit(XmppClient admin, Tigase tigase, String field, String value) {
        return admin.request(
                "set",
                tigase.service(),
                ("<command xmlns='http://jabber.org/protocol/commands' node='bean-configurator'>"
                                + "<x xmlns='jabber:x:data' type='submit'><field var='%s'><value>%s</value></field></x></command>")
                        .formatted(field, value));
    }
}
