// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.ManagerClient;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/**
 * Three real Asterisk servers whose hints, queues and manager interfaces use every published state: pbx1 and pbx3 of release 22, pbx2
 * of release 16.
 */
final class ConsumingServers implements AutoCloseable {

    /** Devices that hints and queue members are on. */
    static final List<String> WATCHED = List.of(
            "PJSIP/100",
            "SIP/berlin-100",
            "IAX2/trunk",
            "DAHDI/1",
            "Local/100@default",
            "Custom:lamp",
            "Custom:lamp/1",
            "MWI:501@default",
            "Queue:support_avail",
            "Queue:support",
            "confbridge:1000",
            "meetme:1000",
            "park:701@default",
            "park:@default",
            "Agent:1001",
            "Calendar:home",
            "Stasis:lamp",
            "SLA:line1",
            "SCCP/100",
            "XMPP/xmpp",
            "Invalid/100");

    /** The device whose state shows that everything before it has arrived. */
    private static final String DEVICE = "Custom:crash-marker";

    private static final String MAILBOX = "crash-marker@default";
    private static final String EID = "00:50:c2:00:00:01";
    private static final Duration CONNECT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(1_500);
    private static final Duration ARRIVE = Duration.ofMinutes(3);

    private final List<Asterisk> servers = new ArrayList<>();
    private final List<ManagerClient> managers = new ArrayList<>();
    private int markers;

    /** @param debug whether they log each stanza */
    ConsumingServers(Testbed testbed, Path folder, XmppServer xmpp, boolean debug) {
        String option = debug ? "" : "debug = no";
        List<String> watched =
                Stream.concat(WATCHED.stream(), Stream.of(DEVICE)).toList();
        Release[] releases = {Release.V22, Release.V16, Release.V22};
        for (int i = 0; i < releases.length; i++) {
            String name = "pbx" + (i + 1);
            servers.add(Asterisk.startConsuming(testbed, releases[i], folder, name, i + 1, xmpp, watched, option));
        }
        connected();
    }

    List<Asterisk> all() {
        return servers;
    }

    private void connected() {
        managers.forEach(ManagerClient::close);
        managers.clear();
        servers.forEach(server -> managers.add(server.manager()));
        servers.forEach(server -> server.awaitConnected(CONNECT));
    }

    /** Publishes a device and then a mailbox that are new, and waits until every server has received both. */
    void awaitMarker(Publisher publisher) {
        String state = markers++ % 2 == 0 ? "INUSE" : "BUSY";
        String count = Integer.toString(1 + markers % 999_999);
        publisher.ask(
                "set",
                marker(
                        "device_state",
                        DEVICE,
                        "<state xmlns='http://asterisk.org' eid='" + EID + "'>" + state + "</state>"));
        publisher.ask(
                "set",
                marker(
                        "message_waiting",
                        MAILBOX,
                        "<mailbox xmlns='http://asterisk.org' eid='" + EID + "'><NEWMSGS>" + count
                                + "</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox>"));
        publisher.sync();
        awaitHeard(state, count);
    }

    private void awaitHeard(String state, String count) {
        for (int i = 0; i < servers.size(); i++) {
            Asterisk server = servers.get(i);
            ManagerClient manager = managers.get(i);
            Await.until(
                    server.title() + " has heard the marker " + state + " " + count,
                    ARRIVE,
                    () -> !server.isAlive()
                            || (manager.state(DEVICE).equals(state)
                                    && manager.newMessages(MAILBOX).equals(count)));
        }
    }

    /** Restarts all at once, and waits until each has its snapshot. */
    void restart(Publisher publisher) {
        servers.parallelStream().forEach(Asterisk::restart);
        connected();
        for (int i = 0; i < servers.size(); i++) {
            Asterisk server = servers.get(i);
            Await.until(server.title() + " shows the marker", ARRIVE, () -> !server.isAlive() || showsMarker(server));
            awaitQuiet(server, managers.get(i));
        }
        awaitMarker(publisher);
    }

    /** A snapshot has no visible end: later changes may overtake it. */
    private static void awaitQuiet(Asterisk server, ManagerClient manager) {
        long[] seen = {-1, 0};
        Await.until(server.title() + " has its snapshot", ARRIVE, () -> {
            long now = System.nanoTime();
            if (manager.events() != seen[0]) {
                seen[0] = manager.events();
                seen[1] = now;
            }
            return now - seen[1] > QUIET.toNanos() || !server.isAlive();
        });
    }

    private boolean showsMarker(Asterisk server) {
        String shown = (markers - 1) % 2 == 0 ? "State:InUse" : "State:Busy";
        return server.cli("core show hints").lines().anyMatch(line -> line.contains(DEVICE) && line.contains(shown));
    }

    /** Starts again those that have ended. */
    void restartTheDead() {
        servers.stream().filter(server -> !server.isAlive()).forEach(Asterisk::restart);
        connected();
    }

    /** Fails if one has ended, does not answer, is not connected, or shows another state of the marker than the last. */
    void assertHealthy() {
        for (Asterisk server : servers) {
            assertThat(server.isAlive())
                    .as(() -> server.title() + " ended with status " + server.exitStatus())
                    .isTrue();
            assertThat(server.cli("core show uptime")).contains("System uptime");
            server.awaitConnected(CONNECT);
            assertThat(showsMarker(server))
                    .as(server.title() + " shows the marker")
                    .isTrue();
        }
    }

    /** Has the first two publish each mailbox as a device of their own, until they are restarted. */
    void publishMailboxesAsDevices() {
        servers.subList(0, 2).forEach(Asterisk::publishMailboxesAsDevices);
    }

    /** Whether one has ended, or does not keep its connection. */
    boolean areHarmed() {
        return servers.stream().anyMatch(server -> !server.isAlive() || !staysConnected(server));
    }

    private static boolean staysConnected(Asterisk server) {
        try {
            server.awaitConnected(Duration.ofSeconds(10));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** How each is, for the report. */
    String state() {
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < servers.size(); i++) {
            Asterisk server = servers.get(i);
            state.append(server.name())
                    .append(server.isAlive() ? " alive, " : " ENDED with " + server.exitStatus() + ", ")
                    .append(server.megabytes())
                    .append(" MB, ")
                    .append(managers.get(i).events())
                    .append(" events; ");
        }
        return state.toString();
    }

    private static String marker(String node, String id, String payload) {
        return new AcceptedItem(node, id, false, "<item id='" + id + "'>" + payload + "</item>").publish();
    }

    @Override
    public void close() {
        managers.forEach(ManagerClient::close);
        servers.forEach(Asterisk::close);
    }
}
