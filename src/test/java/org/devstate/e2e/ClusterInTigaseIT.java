// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ClusterOffice.SOON;

import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Place;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real Tigase nodes of one cluster share all states. The grace period is 5 s. */
@InTigaseCluster
final class ClusterInTigaseIT {

    /** The beginning of all EIDs here. */
    private static final String EID = "00:11:22:33:44:";

    /** How long the line between the nodes is cut: longer than it takes until a node counts as lost, and the grace period after that. */
    private static final Duration CUT = Duration.ofSeconds(Integer.getInteger("devstate.cut", 12));

    /** A node that is silent for so long counts as lost. */
    private static final Duration LOST = Duration.ofSeconds(5);

    /** TCP repeats what was sent meanwhile less and less often. */
    private static final Duration HEALED = CUT.plusSeconds(60);

    /** So many notifications more than entries have changed are no storm. */
    private static final int MORE = 10;

    private static final String LIT = "State:InUse";
    private static final String DOMAIN = XmppServer.DOMAIN;
    private static final String DARK = "State:Idle";

    private static ClusterOffice office;

    @BeforeAll
    static void openTheOffice() {
        String[] accounts = {"pbx1", "pbx2", "pbx3", "pbx5", "pbx6", "pbx7", "pbx8", "pbx9", "user"};
        office = ClusterOffice.open(ClusterInTigaseIT.class, 2, 2, HostSetup.USUAL, accounts);
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
    void nodesStartWithoutErrors() {
        for (int node = 1; node <= 2; node++) {
            assertThat(office.cluster().node(node).log().lines())
                    .as("node%d", node)
                    .noneMatch(line -> line.contains("cannot be initialized")
                            // The namespace has no resolver, and Tigase asks for the name of the machine.
                            || (line.contains("SEVERE") && !line.contains("DNSResolverDefault")));
        }
    }

    @Test
    @Order(2)
    @Execution(ExecutionMode.SAME_THREAD)
    void statesAndMailboxesOfAsterisksReachTheOtherNode() {
        ClusterNetwork network = office.network();
        try (Asterisk old = office.start(Release.V16, 3, network.node(1));
                Asterisk young = office.start(Release.V22, 2, network.site(1, network.address(2)))) {
            old.setDeviceState("Custom:agent1", "INUSE");
            Office.awaitMember(young, "Custom:agent1", "(In use)", SOON);
            young.setDeviceState("Custom:agent2", "BUSY");
            Office.awaitMember(old, "Custom:agent2", "(Busy)", SOON);

            old.putVoicemail();
            Await.until("the lamp is lit", SOON, () -> young.mailboxHint().contains(LIT));
            old.removeVoicemail();
            Await.until("the lamp is dark", SOON, () -> young.mailboxHint().contains(DARK));
        }
    }

    @Test
    @Order(3)
    @Execution(ExecutionMode.SAME_THREAD)
    void aNewSubscriberReceivesTheStatesOfTheOtherNode() throws InterruptedException {
        try (ServiceClient publisher = office.login(1, "pbx9", "early");
                ServiceClient late = office.login(2, "pbx8", "late")) {
            publisher.publish("device_state", device("Custom:early", "c1", "RINGING"));
            Await.until("node2 knows it", SOON, () -> states(late).contains(">RINGING<"));
            late.subscribe("device_state");
            assertThat(late.nextState("Custom:early")).isEqualTo("RINGING");
        }
    }

    @Test
    @Order(4)
    @Execution(ExecutionMode.SAME_THREAD)
    void aPolicyThatIsChangedOnOneNodeIsInForceOnTheOther() {
        Administrator first = new Administrator(
                office.folder().resolve("admin1"), office.cluster().node(1), "admin", "admin");
        Outcome changed = first.run("add-site", "rome");
        assertThat(changed.status()).as("%s", changed).isZero();
        // By its log: Tigase redirects a client that names its account, as devstatectl does, to the account's own node.
        Await.until(
                "node2 has the site", SOON, () -> office.cluster().node(2).log().contains("site rome was added"));
    }

    @Test
    @Order(5)
    @Execution(ExecutionMode.SAME_THREAD)
    void commandsAtOneNodeFindTheServersOfTheOther() throws InterruptedException {
        Administrator administrator = new Administrator(
                office.folder().resolve("admin2"), office.cluster().node(1), "admin", "admin");
        Await.until("earlier sessions have ended", SOON, () -> administrator.rows("servers").stream()
                .noneMatch(row -> row.getString("node").contains(ClusterNetwork.name(2))));
        try (ServiceClient one = office.login(1, "pbx9", "asked");
                ServiceClient other = office.login(2, "pbx8", "asked")) {
            one.publish("device_state", device("Custom:asked", "c6", "INUSE"));
            other.subscribe("device_state");
            one.subscribe("device_state");
            assertThat(other.nextState("Custom:asked")).isEqualTo("INUSE");

            assertThat(administrator.rows("servers"))
                    .extracting(row -> row.getString("account") + " " + row.getString("node"))
                    .contains(
                            "pbx9@" + DOMAIN + " " + ClusterNetwork.name(1),
                            "pbx8@" + DOMAIN + " " + ClusterNetwork.name(2));
            assertThat(administrator.does("entry", "device", "Custom:asked"))
                    .containsPattern("pbx8@\\S+/asked +delivered .*" + ClusterNetwork.name(2))
                    .containsPattern("pbx9@\\S+/asked +own .*" + ClusterNetwork.name(1));
            Config why = administrator.values("why", "pbx8", "device", "Custom:asked");
            assertThat(why.getString("cause")).isEqualTo("delivered");
            assertThat(why.toString()).contains("pbx8@" + DOMAIN + "/asked, at " + ClusterNetwork.name(2));

            assertThat(administrator.does("reconnect", "pbx8")).contains("Sessions ended: 1");
            Await.until("node2 has ended the session", SOON, () -> administrator.rows("servers").stream()
                    .noneMatch(row -> row.getString("node").contains(ClusterNetwork.name(2))));
        }
    }

    @Test
    @Order(6)
    @Execution(ExecutionMode.SAME_THREAD)
    void aScrapeAtOneNodeHasTheFiguresOfBothAndAtTheOtherTheSameSeries() {
        Administrator administrator = new Administrator(
                office.folder().resolve("admin3"), office.cluster().node(1), "admin", "admin");
        String scraped;
        try (ServeProcess serve = new ServeProcess(administrator)) {
            scraped = serve.get("/metrics");
        }
        String one = ClusterNetwork.name(1);
        String two = ClusterNetwork.name(2);
        assertThat(scraped)
                .contains(
                        "devstate_node_present{node=\"" + one + "\",other_node=\"" + two + "\"} 1.0",
                        "devstate_node_present{node=\"" + two + "\",other_node=\"" + one + "\"} 1.0",
                        "devstate_site_entries{node=\"" + two + "\",site=\"default\"}",
                        "devstate_delivery_latency_seconds_bucket{node=\"" + two + "\",le=\"+Inf\"}")
                .containsPattern("devstate_changes_total\\{node=\"" + one + "\"} [1-9]")
                .containsPattern("devstate_changes_total\\{node=\"" + two + "\"} [1-9]");
        assertThat(SampleExpressions.namesOfNodes()).isNotEmpty().allSatisfy(name -> assertThat(scraped)
                .contains(name + "{"));
        assertThat(series(2)).isNotEmpty().isEqualTo(series(1));
    }

    /** What distinguishes the figures that a node answers with. */
    private static Set<String> series(int node) {
        try (ServiceClient admin = office.login(node, "admin", "metrics" + node)) {
            return ClusterOffice.run(admin, "devstate-metrics", "").rows().stream()
                    .map(row -> Stream.of("name", "kind", "site", "node", "other-node", "le")
                            .map(row::get)
                            .collect(Collectors.joining(" ")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    @Order(7)
    @Execution(ExecutionMode.SAME_THREAD)
    void ordinaryNodesAreRejectedWithAReason() {
        try (ServiceClient client = office.login(2, "user", "ordinary")) {
            XmlElement answer = client.pubsub("set", "<create node='news'/>");
            assertThat(ServiceClient.condition(answer)).isEqualTo("service-unavailable");
            assertThat(answer.toString()).contains("cluster");
            assertThat(client.request("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    @Order(8)
    @Execution(ExecutionMode.SAME_THREAD)
    void changesOnBothSidesOfACutAreOnBothNodesAfterItAndNothingElseIsSent() throws InterruptedException {
        try (ServiceClient west = office.login(1, "pbx9", "cut");
                ServiceClient east = office.login(2, "pbx8", "cut");
                Witness westWitness = office.witness(1, "pbx5");
                Witness eastWitness = office.witness(2, "pbx6")) {
            ServiceClient mover = office.login(1, "pbx7", "cut");
            ServiceClient lost = office.login(1, "pbx1", "lost");
            Map<String, String> states = new TreeMap<>();
            publish(west, "d2", 0, 100, "INUSE", states);
            publish(east, "d3", 0, 100, "INUSE", states);
            publish(mover, "d4", 0, 20, "INUSE", states);
            publish(lost, "d6", 0, 10, "INUSE", states);
            eastWitness.awaitStates(states, SOON);
            westWitness.awaitStates(states, SOON);

            office.network().cut(1, 2);
            Interval cut = new Interval(CUT);
            mover.close();
            lost.close();
            try (ServiceClient moved = office.login(2, "pbx7", "cut")) {
                publish(west, "d2", 0, 30, "RINGING", states);
                publish(east, "d3", 20, 60, "BUSY", states);
                publish(moved, "d4", 0, 15, "ONHOLD", states);
                add(states, "d4", 15, 20, "UNAVAILABLE"); // which its server has no more
                add(states, "d6", 0, 10, "UNAVAILABLE");
                awaitApart(west, "d3");
                awaitApart(east, "d2");
                publish(west, "d2", 30, 40, "RINGINUSE", states);
                publish(east, "d3", 60, 70, "RINGING", states);
                Await.until("the line was cut for long enough", CUT.plus(SOON), cut::isOver);
                Map<String, String> atWest = office.entries(1);
                Map<String, String> atEast = office.entries(2);
                westWitness.awaitStates(deviceStates(atWest), SOON);
                eastWitness.awaitStates(deviceStates(atEast), SOON);
                int westBefore = westWitness.messages();
                int eastBefore = eastWitness.messages();
                office.network().mend(1, 2);

                Await.until(
                        "both nodes have all states",
                        HEALED,
                        () -> office.entries(1).entrySet().containsAll(states.entrySet())
                                && office.entries(2).entrySet().containsAll(states.entrySet()));
                publish(west, "d2", 100, 101, "BUSY", states);
                publish(east, "d3", 100, 101, "BUSY", states);
                westWitness.awaitStates(states, SOON);
                eastWitness.awaitStates(states, SOON);
                Map<String, String> after = office.awaitSameEntries(SOON, 1, 2);
                assertNoStorm("node1", westWitness.messages() - westBefore, atWest, after);
                assertNoStorm("node2", eastWitness.messages() - eastBefore, atEast, after);
            }
        }
    }

    /** Each node sends what has changed there, and little else: a state may be sent once more if it has changed elsewhere, too. */
    private static void assertNoStorm(String node, int sent, Map<String, String> before, Map<String, String> after) {
        long changed = after.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .count();
        System.out.printf(
                "after a cut of %d s, %s had %d changed entries and sent %d notifications%n",
                CUT.toSeconds(), node, changed, sent);
        assertThat(sent).as(node).isBetween((int) changed, (int) changed + MORE);
    }

    private static Map<String, String> deviceStates(Map<String, String> entries) {
        Map<String, String> states = new TreeMap<>(entries);
        states.keySet().removeIf(key -> !key.startsWith("device_state "));
        return states;
    }

    /** Publishes the devices of those numbers, all with one state. */
    private static void publish(
            ServiceClient server, String eid, int from, int to, String state, Map<String, String> states) {
        IntStream.range(from, to)
                .forEach(i -> server.publishUnasked("device_state", List.of(device(name(eid, i), eid, state))));
        add(states, eid, from, to, state);
        assertThat(server.pubsub("get", "<items node='message_waiting'/>").attribute("type"))
                .as("the answer after those to the publishes")
                .isEqualTo("result");
    }

    private static void add(Map<String, String> states, String eid, int from, int to, String state) {
        IntStream.range(from, to).forEach(i -> states.put(Witness.key(name(eid, i), EID + eid), state));
    }

    private static String name(String eid, int number) {
        return "Custom:" + eid + "-" + number;
    }

    /** Waits until the grace period of that server, which is at the other node, has ended at this one. */
    private static void awaitApart(ServiceClient client, String eid) {
        Await.until("the server counts as gone", LOST.plus(Office.GRACE).plus(SOON), () -> last(client, name(eid, 99))
                .equals("UNAVAILABLE"));
    }

    @Test
    @Order(9)
    @Execution(ExecutionMode.SAME_THREAD)
    void aServerThatMovesToAnotherNodeWithinTheGracePeriodIsNotNoticed() throws InterruptedException {
        try (ServiceClient witness = office.login(2, "pbx8", "witness")) {
            try (ServiceClient mover = office.login(1, "pbx9", "mover");
                    ServiceClient lost = office.login(1, "pbx7", "lost")) {
                mover.publish("device_state", device("Custom:mover", "c4", "INUSE"));
                lost.publish("device_state", device("Custom:lost", "c5", "INUSE"));
                awaitKnown(witness, witness, "Custom:mover", "Custom:lost");
                witness.subscribe("device_state");
                awaitState(witness, "Custom:mover", "INUSE");
                office.cluster().kill(1);
            }
            try (ServiceClient moved = office.login(2, "pbx9", "mover")) {
                moved.publish("device_state", device("Custom:mover", "c4", "INUSE"));
                for (XmlElement item = witness.nextItem("of Custom:lost");
                        !"Custom:lost".equals(item.attribute("id"))
                                || !text(item).equals("UNAVAILABLE");
                        item = witness.nextItem("of Custom:lost")) {
                    assertThat(item.attribute("id")).isNotEqualTo("Custom:mover");
                }
                office.startAgain(1);
                try (ServiceClient back = office.login(1, "pbx7", "back")) {
                    Await.until("node1 has it", Duration.ofSeconds(20), () -> last(back, "Custom:mover")
                            .equals("INUSE"));
                    assertThat(last(back, "Custom:lost")).isEqualTo("UNAVAILABLE");
                }
            }
        }
    }

    /** The account has one node; the other one redirects it there by its name, which is known at a site. */
    @Test
    @Order(10)
    @Execution(ExecutionMode.SAME_THREAD)
    void devstatectlFollowsTheRedirectOfANode() throws Exception {
        Place site = office.network().site(2, office.network().address(2));
        for (int node = 1; node <= 2; node++) {
            Administrator administrator = new Administrator(
                    office.folder().resolve("ctl" + node), office.cluster().node(node), "admin", "admin");
            ProcessBuilder script = administrator.script("nodes");
            Process run = script.command(site.in(script.command()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.waitFor()).as(output).isZero();
            assertThat(output).contains(ClusterNetwork.name(1), ClusterNetwork.name(2), "this node", "present");
        }
    }

    private static String device(String id, String eid, String state) {
        return ServiceClient.device(id, EID + eid, state);
    }

    private static String states(ServiceClient client) {
        return client.pubsub("get", "<items node='device_state'/>").toString();
    }

    /** The state that a node has of a device; empty if it has none. */
    private static String last(ServiceClient client, String device) {
        return client
                .pubsub("get", "<items node='device_state'/>")
                .children()
                .get(0)
                .children()
                .get(0)
                .children()
                .stream()
                .filter(item -> device.equals(item.attribute("id")))
                .map(ClusterInTigaseIT::text)
                .findFirst()
                .orElse("");
    }

    private static String text(XmlElement item) {
        return item.children().get(0).text();
    }

    private static void awaitKnown(ServiceClient one, ServiceClient other, String first, String second) {
        Await.until(
                "both nodes have both",
                SOON,
                () -> !last(one, second).isEmpty() && !last(other, first).isEmpty());
    }

    private static void awaitState(ServiceClient witness, String device, String state) throws InterruptedException {
        while (!witness.nextState(device).equals(state)) {
            // an earlier one
        }
    }
}
