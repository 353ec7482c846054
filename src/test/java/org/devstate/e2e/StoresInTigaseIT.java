// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Postgres;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real Tigase, its schema tool and the databases that the administrator may have given it. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for servers and databases to start
@EnabledIf(value = "tigaseIsThere", disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class StoresInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("StoresInTigaseIT");
    private static final String EID = "00:11:22:33:44:71";

    static boolean tigaseIsThere() {
        return Tigase.home().isPresent();
    }

    static boolean postgresCanRun() {
        return Postgres.canRun();
    }

    @Test
    @EnabledIf(value = "postgresCanRun", disabledReason = "NOT RUN: PostgreSQL cannot be run here")
    void stateInPostgresOutlivesARestartAndAPauseOfTheDatabase() {
        try (Postgres postgres = Postgres.start(FOLDER.resolve("postgres"))) {
            postgres.execute("create user tigase superuser password 'pa55'", "create database tigase owner tigase");
            HostSetup setup = HostSetup.in(postgres.url("tigase") + "?user=tigase&password=pa55");
            try (Tigase tigase = start("in-postgres", setup)) {
                publish(tigase, 1);
                tigase.restartService();
                assertThat(known(tigase)).containsEntry("kept@default", "1");

                try (ServiceClient client = login(tigase)) {
                    postgres.stop();
                    publish(client, 2);
                    Await.until("it has failed", Duration.ofSeconds(20), () -> tigase.log()
                            .contains("cannot be reached"));
                } finally {
                    postgres.startAgain();
                }
                Await.until("it is written", Duration.ofSeconds(20), () -> tigase.log()
                        .contains("Database writes succeed again"));
                tigase.restartService();
                assertThat(known(tigase)).containsEntry("kept@default", "2");
                assertThat(tigase.log()).doesNotContain("pa55");
            }
        }
    }

    /** It is rejected at its login, and an Asterisk subscribes then and at no other time. */
    @Test
    @EnabledIf(value = "postgresCanRun", disabledReason = "NOT RUN: PostgreSQL cannot be run here")
    void sessionsFromBeforeTheStateCouldBeReadLogInAgainAndReceiveAll() {
        try (Postgres postgres = Postgres.start(FOLDER.resolve("unreadable"))) {
            postgres.execute("create user tigase superuser password 'pa55'", "create database tigase owner tigase");
            HostSetup setup = HostSetup.in(postgres.url("tigase") + "?user=tigase&password=pa55");
            try (Tigase tigase = start("with-unreadable", setup)) {
                List.of("pbx1", "reader").forEach(tigase::addAccount);
                try (ServiceClient client = login(tigase)) {
                    publish(client, "500@default", 1);
                }
                tigase.restart(() -> postgres.executeIn("tigase", rename("account", "hidden")));

                try (Asterisk server = Asterisk.start(Testbed.find(), Release.V22, FOLDER, "pbx1", 1, tigase);
                        XmppClient reader = XmppClient.login(tigase, "reader", "client")) {
                    server.awaitConnected(Office.CONNECT);
                    AsteriskLog log = server.log();
                    Await.until("it is rejected", Office.CONNECT, () -> !log.pubsubErrors()
                            .isEmpty());
                    assertThat(tigase.log())
                            .contains(
                                    "no account is admitted, because stored state cannot be read: ",
                                    "\"account\" does not exist");

                    postgres.executeIn("tigase", rename("hidden", "account"));

                    Await.until("it knows the mailbox", Duration.ofSeconds(60), () -> server.mailboxHint()
                            .contains("State:InUse"));
                    assertThat(log.logins()).isEqualTo(2);
                    assertThat(reader.hasEnded()).isFalse();
                }
            }
        }
    }

    private static String rename(String from, String to) {
        return "alter table tig_devstate_mailboxes rename column " + from + " to " + to;
    }

    @Test
    void withoutTablesTheServiceWorksInMemoryAndLogsTheAdvice() {
        try (Tigase tigase = start("without-tables", HostSetup.withoutTables())) {
            publish(tigase, 1);
            assertThat(known(tigase)).containsEntry("kept@default", "1");

            assertThat(tigase.log().lines().filter(line -> line.contains("state is not persisted")))
                    .singleElement()
                    .asString()
                    .contains("jdbc:derby:tigasedb", "TIGASE_HOME/database", "upgrade-schema");
        }
    }

    private static Tigase start(String folder, HostSetup setup) {
        Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER.resolve(folder), setup);
        tigase.addAccount("pbx9");
        return tigase;
    }

    private static void publish(Tigase tigase, int newMessages) {
        try (ServiceClient client = login(tigase)) {
            publish(client, newMessages);
        }
    }

    private static void publish(ServiceClient client, int newMessages) {
        publish(client, "kept@default", newMessages);
    }

    private static void publish(ServiceClient client, String mailbox, int newMessages) {
        String item = "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%d</NEWMSGS>"
                + "<OLDMSGS>0</OLDMSGS></mailbox></item>";
        assertThat(client.publish("message_waiting", item.formatted(mailbox, EID, newMessages))
                        .attribute("type"))
                .isEqualTo("result");
    }

    private static ServiceClient login(Tigase tigase) {
        return ServiceClient.login(tigase, "pbx9", "client");
    }

    private static Map<String, String> known(Tigase tigase) {
        try (ServiceClient client = login(tigase)) {
            return client.newMessages();
        }
    }
}
