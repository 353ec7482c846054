// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.condition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits of an account: the last request within a limit, and one more. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LimitScenarios {

    private static final int ENTRIES = 12;
    private static final int SUBSCRIPTIONS = 4;
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private Path folder;
    private XmppServer xmpp;

    abstract XmppServer startXmpp(Path folder, Map<String, Integer> limits);

    @BeforeAll
    void start() {
        folder = Office.FOLDER.resolve(getClass().getSimpleName());
        xmpp = startXmpp(
                folder.resolve("xmpp"),
                Map.of("entries-per-account", ENTRIES, "subscriptions-per-account", SUBSCRIPTIONS));
        List.of("pbx1", "pbx2", "pbx4", "pbx5", "pbx6").forEach(xmpp::addAccount);
    }

    @AfterAll
    void stop() {
        if (xmpp != null) {
            xmpp.close();
        }
    }

    @Test
    void anAccountAtItsEntryLimitIsRejectedUntilItWithdrawsOne() throws InterruptedException {
        try (ServiceClient publisher = ServiceClient.login(xmpp, "pbx5", "entries");
                ServiceClient witness = ServiceClient.login(xmpp, "pbx6", "entries")) {
            witness.subscribe("device_state");
            for (int i = 1; i <= ENTRIES; i++) {
                assertThat(publish(publisher, "Custom:limit" + i, "INUSE")).isEqualTo("result");
            }
            assertThat(publish(publisher, "Custom:over", "INUSE")).isEqualTo("resource-constraint");
            assertThat(publish(publisher, "Custom:limit1", "BUSY")).isEqualTo("result");
            takeBack(publisher, "Custom:limit2");
            assertThat(publish(publisher, "Custom:room", "INUSE")).isEqualTo("result");
            assertThat(publish(publisher, "Custom:over", "INUSE")).isEqualTo("resource-constraint");

            assertThat(devicesUntil(witness, "Custom:room"))
                    .contains("Custom:limit" + ENTRIES, "Custom:room")
                    .doesNotContain("Custom:over");
            assertThat(publish(witness, "Custom:other", "INUSE"))
                    .as("another account")
                    .isEqualTo("result");
        }
    }

    @Test
    void anAccountAtItsSubscriptionLimitIsRejectedUntilItEndsOne() {
        try (ServiceClient first = ServiceClient.login(xmpp, "pbx4", "first");
                ServiceClient second = ServiceClient.login(xmpp, "pbx4", "second");
                ServiceClient third = ServiceClient.login(xmpp, "pbx4", "third")) {
            for (ServiceClient client : List.of(first, second)) {
                client.subscribe("device_state");
                client.subscribe("message_waiting");
            }
            assertThat(condition(third.requestSubscription("device_state"))).isEqualTo("policy-violation");
            first.subscribe("device_state"); // it has that one already

            assertThat(second.pubsub("set", "<unsubscribe node='message_waiting' jid='pbx4@example.net'/>")
                            .attribute("type"))
                    .isEqualTo("result");
            third.subscribe("device_state");
            assertThat(condition(third.requestSubscription("message_waiting"))).isEqualTo("policy-violation");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void anAsteriskAboveItsLimitGoesOnSharingItsFirstDevices(Release release) throws InterruptedException {
        int number = release == Release.V16 ? 2 : 1;
        try (Asterisk server = Asterisk.start(Testbed.find(), release, folder, "pbx" + number, number, xmpp);
                ServiceClient witness = ServiceClient.login(xmpp, "pbx6", "witness" + number)) {
            server.awaitConnected(Duration.ofSeconds(15));
            witness.subscribe("device_state");
            server.setDeviceState("Custom:first" + number, "INUSE");
            for (int i = 1; i <= ENTRIES; i++) {
                server.setDeviceState("Custom:more" + number + "-" + i, "INUSE");
            }
            Await.until("it has published the last", SHOWN, () -> published(server)
                    .contains("Custom:more" + number + "-" + ENTRIES));
            int over = published(server).size() - ENTRIES;
            assertThat(over).isPositive();
            Await.until(
                    "it has logged what was rejected",
                    SHOWN,
                    () -> server.log().pubsubErrors().size() == over);
            server.setDeviceState("Custom:first" + number, "BUSY");

            while (!witness.nextState("Custom:first" + number).equals("BUSY")) {
                // its former state
            }
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static String publish(ServiceClient client, String device, String state) {
        String eid = client.account().startsWith("pbx5") ? "00:11:22:33:44:15" : "00:11:22:33:44:16";
        XmlElement reply = client.publish("device_state", ServiceClient.device(device, eid, state));
        return "result".equals(reply.attribute("type")) ? "result" : condition(reply);
    }

    private static void takeBack(ServiceClient client, String device) {
        XmlElement reply = client.request(
                "set",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='" + device + "'/></pubsub>");
        assertThat(reply.attribute("type")).isEqualTo("result");
    }

    private static Set<String> devicesUntil(ServiceClient client, String last) throws InterruptedException {
        Set<String> devices = new HashSet<>();
        while (!devices.contains(last)) {
            devices.add(String.valueOf(client.nextItem("of " + last).attribute("id")));
        }
        return devices;
    }

    /** The devices that it has published so far; it does so in the order of their changes. */
    private static Set<String> published(Asterisk server) {
        return server.log().published().stream().map(LoggedState::device).collect(Collectors.toSet());
    }
}
