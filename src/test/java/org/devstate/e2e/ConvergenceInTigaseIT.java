// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.ServiceClient.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many messages to the same subscribers: as after a restart with twenty servers of a thousand devices each, which are all back at once.
 */
@Tag("e2e")
@Isolated("it keeps both servers and this machine busy")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ConvergenceInTigaseIT {

    private static final int SERVERS = 20;
    private static final int DEVICES = 1_000;

    /** Of Tigase's, in MB: notifications wait in the outboxes, however many clients there are. */
    private static final int HEAP = 512;

    /** The test checks that all servers become right; the time is printed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Withdraws all entries of the server, which the others need not receive. */
    private static final String FORGET =
            "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='device_state'/></pubsub>";

    private static final String EID = "00:11:22:33:44:72";

    private static final List<String> ACCOUNTS =
            IntStream.range(0, SERVERS).mapToObj(i -> "pbx" + i).toList();

    /** Bytes that Asterisk reads at a time ({@code NET_IO_BUF_SIZE - 2}): the rest of a record would wait for the next one. */
    private static final int MOST_READ = 4_094;

    private static Tigase tigase;

    @BeforeAll
    static void start() {
        Path folder = Office.FOLDER.resolve("ConvergenceInTigaseIT");
        tigase = Tigase.startWithHeap(HEAP, Tigase.home().orElseThrow(), folder);
        ACCOUNTS.forEach(tigase::addAccount);
    }

    @AfterAll
    static void stop() {
        tigase.close();
    }

    @Test
    void allServersAreRightAgainSoonAfterARestart() {
        try (EventLoop loop = new EventLoop()) {
            connectAll(loop, "at first");
            tigase.restart(() -> {});
            connectAll(loop, "after the restart");
        }
    }

    /** As an Asterisk with many devices, at once and without waiting for an answer; here, twenty at a time. */
    @Test
    void aBurstOfRequestsAfterTheLoginIsAnswered() {
        try (EventLoop loop = new EventLoop()) {
            for (int i = 0; i < 3; i++) {
                try (ClientGroup group = new ClientGroup(loop, address(), SERVERS * DEVICES)) {
                    group.addPublishers(ACCOUNTS);
                    Flood flood = new Flood(group, 100);
                    flood.start();
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    flood.stop();
                    FinalState finalState = FinalState.await(group, PATIENCE);
                    assertThat(finalState.end().answered()).isGreaterThan(SERVERS * 100L);
                    assertThat(finalState.unanswered())
                            .as("publishes without an answer")
                            .isZero();
                }
            }
        }
    }

    private static Address address() {
        return new Address(tigase.clientHost(), tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
    }

    /** Or the two sides would not agree on how many there were (XEP-0198): it would be asked for but one in nine. */
    @Test
    void aSessionWithStreamManagementGetsEachStanzaByItself() throws InterruptedException {
        List<String> devices = IntStream.range(0, 40)
                .mapToObj(i -> device("Custom:counted" + i, EID, "INUSE"))
                .toList();
        try (ServiceClient server = ServiceClient.login(tigase, "pbx0", "counted");
                ServiceClient client = ServiceClient.login(tigase, "pbx1", "counting")) {
            devices.forEach(device -> server.publish("device_state", device));
            client.send("<enable xmlns='urn:xmpp:sm:3'/>");
            client.subscribe("device_state");
            List<String> received = new ArrayList<>();
            while (Collections.frequency(received, "message") < devices.size()) {
                XmlElement next = client.nextMessage(CONNECT);
                received.add(next == null ? "nothing" : next.name());
                assertThat(received).doesNotContain("nothing");
            }
            assertThat(received).startsWith("enabled").contains("r");
            server.request("set", FORGET);
        }
    }

    /** Connects all at once, and waits until each has received the states of all others; then they are gone again. */
    private static void connectAll(EventLoop loop, String when) {
        try (ClientGroup group = new ClientGroup(loop, address(), SERVERS * DEVICES)) {
            long beganNanos = group.addServers(ACCOUNTS);
            FinalState finalState = FinalState.await(group, PATIENCE);
            assertThat(finalState.unanswered())
                    .as("publishes without an answer")
                    .isZero();
            assertThat(finalState.wrong())
                    .as("devices with a wrong state at some server")
                    .isZero();
            assertThat(group.errors().first())
                    .as("what is none of these devices' states")
                    .isEmpty();
            assertThat(group.longestRecord()).as("bytes of several messages").isBetween(1_000, MOST_READ);
            System.out.printf(
                    "%d servers of %d devices know each other %s after %d ms, told %d times%n",
                    SERVERS,
                    DEVICES,
                    when,
                    (finalState.end().lastReceivedNanos() - beganNanos) / 1_000_000,
                    finalState.end().received());
        }
    }
}
