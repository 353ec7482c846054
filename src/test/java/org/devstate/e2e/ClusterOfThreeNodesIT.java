// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ClusterOffice.SOON;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.ServiceClient.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.PacedLoad;
import org.devstate.bench.load.Tally;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three real Tigase nodes of one cluster, with servers of three sites with different rules at each: policy, and kill under load. */
@InTigaseCluster
@Tag("long")
final class ClusterOfThreeNodesIT {

    private static final String POLICY =
            """
            site paris
                servers  pbx1@example.net paris*@example.net
                grace    5 s
                publish  deny   device  Custom:private*
                publish  allow  *
                receive  allow  *       *
            site berlin
                servers  pbx2@example.net berlin*@example.net
                grace    5 s
                publish  allow  *
                receive  deny   paris   device  Custom:agent1
                receive  allow  *       *
            site rome
                servers  rome*@example.net
                grace    5 s
                publish  allow  *
                receive  deny   berlin  device  Custom:*
                receive  allow  *       *
            """;

    private static final List<String> SITES = List.of("paris", "berlin", "rome");

    private static final int NODES = 3;

    /** Three of each site, and one more; as they take turns, servers of each site are at each node. */
    private static final List<String> PUBLISHERS =
            List.of("paris0", "paris1", "paris2", "berlin3", "berlin4", "berlin5", "rome6", "rome7", "rome8", "paris9");

    private static final double PUBLISHES_PER_SECOND = 200;
    private static final int UNDER_LOAD_S = 4;
    private static final int DEVICES = 300;

    /** That of the first Asterisk. */
    private static final String FIRST_EID = "00:11:22:33:44:01";

    private static ClusterOffice office;

    @BeforeAll
    static void openTheOffice() {
        List<String> accounts = new ArrayList<>(PUBLISHERS);
        SITES.forEach(site -> IntStream.rangeClosed(1, NODES).forEach(node -> accounts.add(site + "-witness" + node)));
        accounts.addAll(List.of("pbx1", "pbx2"));
        office = ClusterOffice.open(
                ClusterOfThreeNodesIT.class, NODES, 2, HostSetup.governed(POLICY), accounts.toArray(String[]::new));
    }

    @AfterAll
    static void closeTheOffice() {
        if (office != null) {
            office.close();
        }
    }

    @Test
    @Order(1)
    @Execution(ExecutionMode.SAME_THREAD)
    void anItemThatThePolicyForbidsIsReceivedAtNoNode() throws InterruptedException {
        try (SiteWitnesses witnesses = new SiteWitnesses(office, SITES, NODES);
                ServiceClient paris = office.login(1, "paris0", "rules");
                ServiceClient berlin = office.login(2, "berlin3", "rules");
                ServiceClient rome = office.login(3, "rome6", "rules")) {
            assertThat(publish(paris, "Custom:private1", "a1", "INUSE")).isEqualTo("result");
            assertThat(publish(paris, "Custom:agent1", "a1", "INUSE")).isEqualTo("result");
            assertThat(publish(berlin, "Custom:agent2", "a2", "RINGING")).isEqualTo("result");
            assertThat(publish(rome, "Custom:agent3", "a3", "BUSY")).isEqualTo("result");
            witnesses.awaitMarkers(paris, berlin, rome);
            for (int node = 1; node <= NODES; node++) {
                assertThat(states(witnesses.at("paris", node))).containsExactly("INUSE", "RINGING", "BUSY");
                assertThat(states(witnesses.at("berlin", node))).containsExactly("RINGING", "BUSY");
                assertThat(states(witnesses.at("rome", node))).containsExactly("INUSE", "BUSY");
                for (String site : SITES) {
                    assertThat(witnesses.at(site, node).statesOf("Custom:private1"))
                            .isEmpty();
                }
            }
        }
    }

    private static List<String> states(Witness witness) throws InterruptedException {
        List<String> states = new ArrayList<>();
        for (String device : List.of("Custom:agent1", "Custom:agent2", "Custom:agent3")) {
            states.addAll(witness.statesOf(device));
        }
        return states;
    }

    @Test
    @Order(2)
    @Execution(ExecutionMode.SAME_THREAD)
    void aRuleThatIsChangedAtOneNodeIsInForceAtAllNodesAtOnce() throws InterruptedException {
        try (SiteWitnesses witnesses = new SiteWitnesses(office, SITES, NODES);
                ServiceClient admin = office.login(2, "admin", "rules");
                ServiceClient paris = office.login(1, "paris0", "rules")) {
            publish(paris, "Custom:agent1", "a1", "RINGING");
            setBerlinsRules(admin, "allow * *");
            awaitAt("berlin", witnesses, "RINGING", AT_ONCE);
            setBerlinsRules(admin, "deny paris device Custom:agent1\nallow * *");
            awaitAt("berlin", witnesses, "UNAVAILABLE", AT_ONCE);
            publish(paris, "Custom:agent1", "a1", "INUSE");
            awaitAt(
                    "rome", witnesses, "INUSE",
                    SOON); // no marker tells that, as changes within the window are sent after it
            witnesses.awaitMarkers(paris);
            for (int node = 1; node <= NODES; node++) {
                assertThat(witnesses.at("berlin", node).statesOf("Custom:agent1"))
                        .containsExactly("UNAVAILABLE");
            }
        }
    }

    private static void setBerlinsRules(ServiceClient admin, String rules) {
        CommandAnswer shown = ClusterOffice.run(admin, "devstate-edit-site", "", "name", "berlin");
        CommandAnswer done = ClusterOffice.run(admin, "devstate-edit-site", shown.session(), "receive", rules);
        assertThat(done.status()).as("%s", done).isEqualTo("completed");
    }

    private static void awaitAt(String site, SiteWitnesses witnesses, String state, Duration limit) {
        for (int node = 1; node <= NODES; node++) {
            Witness witness = witnesses.at(site, node);
            Await.until("it is received at node" + node, limit, () -> witness.statesOf("Custom:agent1")
                    .equals(List.of(state)));
        }
    }

    @Test
    @Order(3)
    @Execution(ExecutionMode.SAME_THREAD)
    void aServerThatIsEnrolledAtOneNodePublishesAtAnotherAtOnce() throws InterruptedException {
        try (ServiceClient admin = office.login(1, "admin", "enrolment");
                Witness witness = office.witness(2, "rome-witness2")) {
            CommandAnswer enrolled =
                    ClusterOffice.run(admin, "devstate-add-server", "", "site", "paris", "server", "newcomer");
            try (ServiceClient newcomer =
                    ServiceClient.login(office.cluster().node(3), "newcomer", enrolled.value("password"), "asterisk")) {
                newcomer.publish("device_state", device("PJSIP/newcomer", enrolled.value("eid"), "INUSE"));
                Await.until("it is received at node2", AT_ONCE, () -> witness.statesOf("PJSIP/newcomer")
                        .equals(List.of("INUSE")));
            }
        }
    }

    @Test
    @Order(4)
    @Execution(ExecutionMode.SAME_THREAD)
    void allStatesAreRightAfterANodeWasKilledUnderLoad() {
        try (EventLoop loop = new EventLoop();
                ClientGroup group = new ClientGroup(loop, office.address(1), DEVICES);
                Witness second = office.witness(2, "rome-witness2");
                Witness third = office.witness(3, "rome-witness3");
                Asterisk old = office.startAtSite(Release.V16, 1, 1);
                Asterisk young = office.startAtSite(Release.V22, 2, 2)) {
            group.addPublishers(PUBLISHERS, addresses(1, 2, 3));
            List<Asterisk> servers = List.of(old, young);
            servers.forEach(server -> server.addHints(names()));
            old.setDeviceState("Custom:agent3", "INUSE");
            Office.awaitMember(young, "Custom:agent3", "(In use)", SOON);
            AsteriskLog youngLog = young.log().fromNow();
            List<AsteriskLog> logs = List.of(old.log().fromNow(), youngLog);

            PacedLoad load = new PacedLoad(group, Integer.MAX_VALUE);
            CompletableFuture<Void> running =
                    CompletableFuture.runAsync(() -> load.run(PUBLISHES_PER_SECOND, 2 * UNDER_LOAD_S));
            Await.until("it was under load", SOON, new Interval(Duration.ofSeconds(UNDER_LOAD_S))::isOver);
            office.cluster().kill(1);
            Interval due = new Interval(Office.GRACE.plusSeconds(5));
            Await.until("the servers have logged in at another node", due.left(), () -> logs.stream()
                    .allMatch(log -> log.logins() == 1));
            System.out.printf(
                    "both servers were back %d ms before the tables are due%n",
                    due.left().toMillis());
            running.join();
            Map<String, String> published = new TreeMap<>(group.published());
            names().forEach(device ->
                    published.putIfAbsent(device, "UNAVAILABLE")); // those at the node that was killed
            assertThat(published).containsValue("UNAVAILABLE");
            Await.until(
                    "both nodes have the last states",
                    due.left(),
                    () -> statesAt(2).equals(published) && office.entries(2).equals(office.entries(3)));
            System.out.printf(
                    "both nodes had the last states %d ms before they were due%n",
                    due.left().toMillis());
            assertThat(group.unanswered()).isZero();
            assertThat(Tally.of(group).rejected()).isZero();

            Map<String, String> entries = office.entries(2);
            entries.keySet().removeIf(key -> !published.containsKey(idOf(key)));
            second.awaitStates(entries, SOON);
            third.awaitStates(entries, SOON);
            old.setDeviceState("Custom:agent3", "RINGING");
            Office.awaitMember(young, "Custom:agent3", "(Ringing)", SOON);
            assertThat(youngLog.received("Custom:agent3"))
                    .noneMatch(received ->
                            received.eid().equals(FIRST_EID) && received.state().equals("UNAVAILABLE"));
            servers.forEach(server -> awaitHints(server, published));
            assertThat(statesAt(3)).as("nothing has changed meanwhile").isEqualTo(published);
        }
    }

    private static void awaitHints(Asterisk server, Map<String, String> states) {
        Map<String, String> shown = Asterisk.hintsOf(states);
        try {
            Await.until(
                    "all hints are right", SOON, () -> server.hints().entrySet().containsAll(shown.entrySet()));
        } catch (AssertionError e) {
            shown.entrySet().removeAll(server.hints().entrySet());
            throw new AssertionError(server.title() + " does not show " + shown + " but " + server.hints(), e);
        }
    }

    /** The states of the devices of the load at a node. */
    private static Map<String, String> statesAt(int node) {
        Map<String, String> states = new TreeMap<>();
        office.entries(node).forEach((key, state) -> states.put(idOf(key), state));
        states.keySet().retainAll(names());
        return states;
    }

    private static String idOf(String key) {
        return key.split(" ", -1)[1];
    }

    private static String publish(ServiceClient server, String device, String eid, String state) {
        return String.valueOf(server.publish("device_state", device(device, "00:11:22:33:44:" + eid, state))
                .attribute("type"));
    }

    /** The devices of the load. */
    private static List<String> names() {
        return IntStream.range(0, DEVICES).mapToObj(i -> "PJSIP/" + i).toList();
    }

    private static List<Address> addresses(int... nodes) {
        return IntStream.of(nodes).mapToObj(office::address).toList();
    }
}
