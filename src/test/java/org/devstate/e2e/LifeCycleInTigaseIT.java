// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.TigaseInside;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The component is taken out of a running Tigase, and put back. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
@Tag("long")
final class LifeCycleInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("LifeCycleInTigaseIT");
    private static final int RELOADS = 10;
    private static final int CLIENTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * The objects that exist exactly as long as the component. Of the store's bean, Tigase itself retains the hull, as of all beans
     * that have beans of their own, PubSub's among them.
     */
    private static final Set<String> ONE_OF_EACH = Set.of(
            "org.devstate.core.DeviceStateService",
            "org.devstate.tigase.DeviceStatePubSub",
            "org.devstate.tigase.ComponentTimers",
            "org.devstate.tigase.services.Services",
            "org.devstate.tigase.persistence.PersistedService",
            "org.devstate.tigase.persistence.DevstateTables",
            "org.devstate.sql.SqlSession");

    private static final String MAILBOX =
            "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%d</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item>";

    private TigaseInside inside;
    private XmppServer tigase;

    @BeforeAll
    void startTigase() {
        inside = TigaseInside.start(Tigase.home().orElseThrow(), FOLDER.resolve("xmpp"), HostSetup.USUAL);
        tigase = inside.tigase();
        List.of("pbx1", "pbx2", "pbx9", "reader").forEach(tigase::addAccount);
    }

    @AfterAll
    void stopTigase() {
        if (inside != null) {
            inside.close();
        }
    }

    /** Each of them has to log in again for that, as an Asterisk subscribes when it does, and never else. */
    @Test
    void afterAReloadRealServersReceiveMissedAndLaterChanges() {
        try (Asterisk one = asterisk(Release.V22, 1);
                Asterisk two = asterisk(Release.V16, 2)) {
            List.of(one, two).forEach(server -> server.awaitConnected(Office.CONNECT));
            one.setDeviceState("Custom:agent1", "INUSE");
            Office.awaitMember(two, "Custom:agent1", "(In use)", PATIENCE);

            inside.run("deactivate", "pubsub");
            one.setDeviceState("Custom:agent1", "RINGING");
            two.setDeviceState("Custom:agent2", "ONHOLD");
            inside.run("activate", "pubsub");

            Office.awaitMember(two, "Custom:agent1", "(Ringing)", PATIENCE);
            Office.awaitMember(one, "Custom:agent2", "(On Hold)", PATIENCE);
            two.setDeviceState("Custom:agent2", "BUSY");
            Office.awaitMember(one, "Custom:agent2", "(Busy)", PATIENCE);
        }
    }

    @Test
    void otherClientsStayLoggedIn() throws InterruptedException {
        try (XmppClient server = listen("a");
                XmppClient reader = XmppClient.login(tigase, "reader", "reader")) {
            reload();
            Await.until("the server's connection is closed", PATIENCE, server::hasEnded);

            assertThat(reader.hasEnded()).isFalse();
            assertThat(reader.request("get", "example.net", "<ping xmlns='urn:xmpp:ping'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    void pendingChangesAreWrittenBeforeTheComponentEnds() {
        for (int messages = 1; messages <= 5; messages++) {
            try (ServiceClient client = ServiceClient.login(tigase, "pbx9", "kept")) {
                client.publish("message_waiting", MAILBOX.formatted("reloaded@default", "00:11:22:33:44:72", messages));
                reload();
            }
            try (ServiceClient client = ServiceClient.login(tigase, "pbx9", "kept-" + messages)) {
                assertThat(client.newMessages()).containsEntry("reloaded@default", "" + messages);
            }
        }
    }

    @Test
    void tenReloadsLeaveNothingBehind() {
        reload();
        List<XmppClient> clients = listenAndSpeak(0);
        Map<String, Long> threads = ourThreads();
        String listeners = inside.ask("listeners", "org.devstate.");
        assertThat(listeners).contains("DeviceStatePubSub", "StoreBean");
        assertThat(threads).containsEntry("devstate-store", 1L);

        for (int i = 1; i <= RELOADS; i++) {
            reload();
            awaitClosed(clients);
            clients = listenAndSpeak(i);
        }

        Await.until("no thread is left of more than " + threads, PATIENCE, () -> ourThreads()
                .equals(threads));
        Map<String, Long> one = ONE_OF_EACH.stream().collect(Collectors.toMap(name -> name, name -> 1L));
        Await.until("there is one of each; were " + objects(), PATIENCE, () -> objects()
                .equals(one));
        assertThat(inside.ask("listeners", "org.devstate.")).isEqualTo(listeners);
        clients.forEach(XmppClient::close);
    }

    private Map<String, Long> ourThreads() {
        Map<String, Long> threads = inside.threads();
        threads.keySet().removeIf(name -> !name.contains("pubsub") && !name.contains("devstate"));
        return threads;
    }

    private Map<String, Long> objects() {
        return inside.objects(ONE_OF_EACH::contains);
    }

    /** As servers do: one of them has a mailbox, which is persisted. */
    private List<XmppClient> listenAndSpeak(int number) {
        try (ServiceClient speaker = ServiceClient.login(tigase, "pbx9", "speaker")) {
            speaker.publish("message_waiting", MAILBOX.formatted("counted@default", "00:11:22:33:44:73", number));
        }
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> listen("reload" + number + "-" + i))
                .toList();
    }

    private static void awaitClosed(List<XmppClient> clients) {
        for (XmppClient client : clients) {
            Await.until("the connection is closed", PATIENCE, client::hasEnded);
            client.close();
        }
    }

    private XmppClient listen(String resource) {
        XmppClient client = XmppClient.login(tigase, "pbx9", resource);
        client.request(
                "set",
                tigase.service(),
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='device_state' jid='pbx9@example.net'/>"
                        + "</pubsub>");
        client.send("<presence/>");
        return client;
    }

    private void reload() {
        inside.run("deactivate", "pubsub");
        inside.run("activate", "pubsub");
    }

    private Asterisk asterisk(Release release, int number) {
        return Asterisk.start(Testbed.find(), release, FOLDER, "pbx" + number, number, tigase);
    }
}
