package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real Tigase that is a node of a cluster: the plugin rejects all requests about our nodes, and everything else works. */
@Tag("e2e")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigase to start
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ClusterModeInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ClusterModeInTigaseIT");

    @Test
    void aNodeOfAClusterRejectsAllRequestsWithAReason() {
        Path home = Tigase.home().orElseThrow();
        try (Tigase tigase = Tigase.startClustered(home, FOLDER.resolve("xmpp"), HostSetup.USUAL)) {
            List.of("admin", "pbx1", "alice", "bob").forEach(tigase::addAccount);
            assertThat(tigase.log())
                    .containsOnlyOnce("This Tigase runs in cluster mode, which the plugin does not support");
            assertThat(tigase.log()).contains("set 'cluster-mode' = false");
            assertEveryRequestIsRejected(tigase);
            assertAnAsteriskSurvivesIt(tigase);
            assertTheRestOfTigaseWorks(tigase);
            assertCommandsSayThatTheServiceIsNotServing(tigase);
        }
    }

    private static void assertEveryRequestIsRejected(Tigase tigase) {
        try (ServiceClient client = ServiceClient.login(tigase, "pbx1", "client")) {
            String eid = "00:11:22:33:44:71";
            List.of(
                            client.publish("device_state", ServiceClient.device("PJSIP/1", eid, "INUSE")),
                            client.requestSubscription("device_state"),
                            client.requestSubscription("message_waiting"),
                            client.pubsub("get", "<items node='message_waiting'/>"))
                    .forEach(answer -> {
                        assertThat(ServiceClient.condition(answer)).isEqualTo("service-unavailable");
                        assertThat(answer.toString()).contains("code='503'").contains("runs in cluster mode");
                    });
        }
    }

    private static void assertAnAsteriskSurvivesIt(Tigase tigase) {
        Testbed testbed = Testbed.find();
        try (Asterisk server =
                Asterisk.start(testbed, testbed.orOther(Asterisk.Release.V22), FOLDER, "pbx1", 1, tigase)) {
            server.awaitConnected(Office.CONNECT);
            server.setDeviceState("Custom:agent1", "INUSE");
            Await.until("it is rejected", Office.RECONNECTED, () -> server.log().pubsubErrors().stream()
                    .anyMatch(line -> line.contains("runs in cluster mode") || line.contains("503")));
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static void assertTheRestOfTigaseWorks(Tigase tigase) {
        try (XmppClient alice = XmppClient.login(tigase, "alice", "desk");
                XmppClient bob = XmppClient.login(tigase, "bob", "desk")) {
            alice.send("<message to='" + bob.jid() + "'><body>hello</body></message>");
            XmlElement message = bob.nextMessage(Duration.ofSeconds(5));
            assertThat(String.valueOf(message)).contains("hello");
            assertThat(alice.request("get", "example.net", "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCommandsSayThatTheServiceIsNotServing(Tigase tigase) {
        Administrator admin = new Administrator(FOLDER.resolve("admin"), tigase, "admin", "admin");
        Outcome changed = admin.run("add-site", "rome");
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.err())
                .contains("the service is not serving: this server runs in cluster mode")
                .contains("; nothing was changed");
        Outcome shown = admin.run("sites");
        assertThat(shown.status()).as("%s", shown).isZero();
        assertThat(shown.err()).contains("The service is not serving: this server runs in cluster mode");
        assertThat(shown.out()).doesNotContain("rome");
    }
}
