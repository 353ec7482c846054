// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.sql.LeaseRenewer;
import org.devstate.sql.ServiceLease;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Postgres;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.XmppServer.Part;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real servers on one real PostgreSQL, which are no cluster: only one serves. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
@EnabledIf(value = "postgresCanRun", disabledReason = "NOT RUN: PostgreSQL cannot be run here")
final class OneServicePerDatabaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("OneServicePerDatabaseIT");
    private static final String EID = "00:11:22:33:44:79";
    private static final Duration TERM = Duration.ofSeconds(ServiceLease.TERM_S);
    private static final Duration RETRY = Duration.ofMillis(LeaseRenewer.RETRY_MS);
    private static final Duration MARGIN = Duration.ofSeconds(8);

    static boolean postgresCanRun() {
        return Postgres.canRun();
    }

    static boolean tigaseIsThere() {
        return Tigase.home().isPresent();
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @EnabledIf(value = "tigaseIsThere", disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    void ofTwoTigasesOneServesAndTheOtherRejectsUntilTheLeaseIsFree() {
        try (Postgres postgres = Postgres.start(FOLDER.resolve("tigase-postgres"))) {
            postgres.execute("create user tigase superuser password 'pa55'", "create database tigase owner tigase");
            HostSetup setup = HostSetup.in(postgres.url("tigase") + "?user=tigase&password=pa55");
            Path home = Tigase.home().orElseThrow();
            try (Tigase first = Tigase.start(home, FOLDER.resolve("tigase-first"), setup)) {
                List.of("pbx1", "pbx9", "admin").forEach(first::addAccount);
                publish(first, "1");
                try (Tigase second = Tigase.start(home, FOLDER.resolve("tigase-second"), setup);
                        Asterisk server = Asterisk.start(Testbed.find(), newest(), FOLDER, "pbx1", 1, second)) {
                    server.awaitConnected(Office.CONNECT);
                    assertRejects(second, second::log);
                    publish(first, "2"); // as before

                    first.restart(
                            () -> { // a clean stop
                                awaitServes(second, RETRY.plus(MARGIN));
                                assertKnows(second, "2");
                                Await.until("it has logged in again", Office.CONNECT, () -> server.mailboxHint()
                                        .contains("State:InUse"));
                            });
                    assertRejects(first, first::log);

                    part(second, "XMPP server").kill().run();
                    part(second, "XMPP server").start().run();
                    assertKnows(second, "2"); // at once, as it follows itself

                    part(second, "XMPP server").kill().run();
                    awaitServes(first, TERM.plus(RETRY).plus(MARGIN));
                    assertKnows(first, "2");
                    assertThat(server.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void onlyOneOfTwoComponentsServesUntilTheLeaseIsFree() {
        try (Postgres postgres = Postgres.start(FOLDER.resolve("component-postgres"))) {
            postgres.execute("create user devstate password 'pa55'", "create database devstate owner devstate");
            HostSetup setup = HostSetup.in(postgres.url("devstate") + "?user=devstate&password=pa55");
            Testbed testbed = Testbed.find();
            Path jar = Path.of(System.getProperty("devstate.componentJar"));
            try (Prosody first = Prosody.start(testbed, FOLDER.resolve("prosody-first"), jar, setup);
                    Prosody second = Prosody.start(testbed, FOLDER.resolve("prosody-second"), jar, setup)) {
                List.of("pbx1", "pbx9", "admin").forEach(first::addAccount);
                List.of("pbx1", "pbx9", "admin").forEach(second::addAccount);
                publish(first, "1");
                try (Asterisk server = Asterisk.start(testbed, newest(), FOLDER, "pbx1", 2, second)) {
                    server.awaitConnected(Office.CONNECT);
                    assertRejects(second, () -> second.component().log());
                    publish(first, "2"); // as before

                    part(first, "component").kill().run();
                    part(first, "component").start().run();
                    assertKnows(first, "2"); // at once, as it follows itself

                    part(first, "component").kill().run();
                    awaitServes(second, TERM.plus(RETRY).plus(MARGIN));
                    assertKnows(second, "2");
                    part(first, "component").start().run();
                    assertRejects(first, () -> first.component().log());

                    second.component().close();
                    awaitServes(first, RETRY.plus(MARGIN));
                    assertThat(server.isAlive()).isTrue();
                }
            }
        }
    }

    private static Release newest() {
        return Testbed.find().orOther(Release.V22);
    }

    private static Part part(XmppServer xmpp, String name) {
        return xmpp.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private interface Log {
        String text();
    }

    private static void assertRejects(XmppServer xmpp, Log log) {
        try (ServiceClient client = ServiceClient.login(xmpp, "pbx9", "rejected")) {
            XmlElement answer = client.publish("message_waiting", mailbox("9"));
            assertThat(ServiceClient.condition(answer)).isEqualTo("resource-constraint");
            assertThat(answer.toString()).contains("code='500'").doesNotContain("process ");
        }
        assertThat(log.text())
                .containsPattern("[Nn]ot serving: jdbc:postgresql://[^ ]* is leased to another process: host ")
                .contains("stop one of them")
                .doesNotContain("pa55");
        assertCommandsSayThatItIsNotServing(xmpp);
    }

    private static void assertCommandsSayThatItIsNotServing(XmppServer xmpp) {
        Administrator admin = new Administrator(FOLDER.resolve("admin"), xmpp, "admin", "admin");
        String why = "the service is not serving: jdbc:postgresql://";
        Outcome changed = admin.run("add-site", "rome");
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.err())
                .contains(why)
                .contains("; nothing was changed")
                .doesNotContain("pa55");
        Outcome shown = admin.run("export");
        assertThat(shown.status()).isZero();
        assertThat(shown.out() + shown.err()).containsIgnoringCase(why).doesNotContain("rome");
    }

    /** A component that takes over connects anew; what its XMPP server sends to the old connection then is not answered. */
    private static void awaitServes(XmppServer xmpp, Duration limit) {
        Await.until(xmpp.title() + " serves", limit, () -> {
            try (ServiceClient client = ServiceClient.login(xmpp, "pbx9", "served")) {
                return client.succeeds("get", "<items node='message_waiting'/>", Duration.ofSeconds(2));
            }
        });
    }

    private static void publish(XmppServer xmpp, String newMessages) {
        try (ServiceClient client = ServiceClient.login(xmpp, "pbx9", "client")) {
            assertThat(client.publish("message_waiting", mailbox(newMessages)).attribute("type"))
                    .isEqualTo("result");
            // Until it is written.
            Await.until("a while has passed", Duration.ofSeconds(10), new Interval(Duration.ofMillis(2_500))::isOver);
        }
    }

    private static String mailbox(String newMessages) {
        return ("<item id='500@default'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%s</NEWMSGS>"
                        + "<OLDMSGS>0</OLDMSGS></mailbox></item>")
                .formatted(EID, newMessages);
    }

    private static void assertKnows(XmppServer xmpp, String newMessages) {
        try (ServiceClient client = ServiceClient.login(xmpp, "pbx9", "reader")) {
            assertThat(client.newMessages()).containsEntry("500@default", newMessages);
        }
    }
}
