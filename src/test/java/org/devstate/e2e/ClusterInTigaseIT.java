package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.core.protocol.XmlElement;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Place;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.devstate.testbed.cluster.TigaseCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real Tigase nodes of one cluster share all states. The grace period is 5 s. */
@Tag("e2e")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigase
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ClusterInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ClusterInTigaseIT");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final String LIT = "State:InUse";
    private static final String DARK = "State:Idle";

    private static TigaseCluster cluster;

    @BeforeAll
    static void startTheCluster() {
        TigaseCluster.whyNot().ifPresent(reason -> {
            Assumptions.abort("NOT RUN: " + reason);
        });
        cluster = TigaseCluster.make(Tigase.home().orElseThrow(), FOLDER, 2, 2, HostSetup.USUAL)
                .startAll();
        List.of("pbx1", "pbx2", "pbx3", "pbx7", "pbx8", "pbx9", "admin", "user").forEach(cluster.node(1)::addAccount);
    }

    @AfterAll
    static void closeTheCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    @Execution(ExecutionMode.SAME_THREAD)
    void nodesStartWithoutErrors() {
        for (int node = 1; node <= 2; node++) {
            assertThat(cluster.node(node).log().lines())
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
        Testbed testbed = Testbed.find();
        ClusterNetwork network = cluster.network();
        Place beside = network.node(1);
        Place apart = network.site(1, network.address(2));
        try (Asterisk old = Asterisk.start(testbed, Release.V16, FOLDER, "pbx3", 3, cluster.node(1), beside);
                Asterisk young = Asterisk.start(testbed, Release.V22, FOLDER, "pbx2", 2, cluster.node(2), apart)) {
            old.awaitConnected(Office.CONNECT);
            young.awaitConnected(Office.CONNECT);

            old.setDeviceState("Custom:agent1", "INUSE");
            awaitMember(young, "Custom:agent1", "(In use)");
            young.setDeviceState("Custom:agent2", "BUSY");
            awaitMember(old, "Custom:agent2", "(Busy)");

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
        try (ServiceClient publisher = login(1, "pbx9", "early");
                ServiceClient late = login(2, "pbx8", "late")) {
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
        Administrator first = new Administrator(FOLDER.resolve("admin1"), cluster.node(1), "admin", "admin");
        Outcome changed = first.run("add-site", "rome");
        assertThat(changed.status()).as("%s", changed).isZero();
        // By its log: Tigase redirects a client that names its account, as devstatectl does, to the account's own node.
        Await.until("node2 has the site", SOON, () -> cluster.node(2).log().contains("site rome was added"));
    }

    @Test
    @Order(5)
    @Execution(ExecutionMode.SAME_THREAD)
    void ordinaryNodesAreRejectedWithAReason() {
        try (ServiceClient client = login(2, "user", "ordinary")) {
            XmlElement answer = client.pubsub("set", "<create node='news'/>");
            assertThat(ServiceClient.condition(answer)).isEqualTo("service-unavailable");
            assertThat(answer.toString()).contains("cluster");
            assertThat(client.request("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    @Order(6)
    @Execution(ExecutionMode.SAME_THREAD)
    void changesDuringACutArriveWhenTheLineIsMended() throws InterruptedException {
        try (ServiceClient one = login(1, "pbx9", "cut");
                ServiceClient other = login(2, "pbx8", "cut")) {
            one.publish("device_state", device("Custom:cut1", "c2", "INUSE"));
            other.publish("device_state", device("Custom:cut2", "c3", "INUSE"));
            awaitKnown(one, other, "Custom:cut1", "Custom:cut2");
            one.subscribe("device_state");
            other.subscribe("device_state");
            cluster.network().cut(1, 2);
            try {
                Await.until("the grace period is over", GRACE.plus(MARGIN), () -> states(other)
                        .contains("UNAVAILABLE"));
                one.publish("device_state", device("Custom:cut1", "c2", "RINGING"));
            } finally {
                cluster.network().mend(1, 2);
            }
            Duration healed = Duration.ofSeconds(60);
            Await.until("node2 has the state", healed, () -> last(other, "Custom:cut1")
                    .equals("RINGING"));
            Await.until("node1 has the state", healed, () -> last(one, "Custom:cut2")
                    .equals("INUSE"));
        }
    }

    @Test
    @Order(7)
    @Execution(ExecutionMode.SAME_THREAD)
    void aServerThatMovesToAnotherNodeWithinTheGracePeriodIsNotNoticed() throws InterruptedException {
        try (ServiceClient witness = login(2, "pbx8", "witness")) {
            try (ServiceClient mover = login(1, "pbx9", "mover");
                    ServiceClient lost = login(1, "pbx7", "lost")) {
                mover.publish("device_state", device("Custom:mover", "c4", "INUSE"));
                lost.publish("device_state", device("Custom:lost", "c5", "INUSE"));
                awaitKnown(witness, witness, "Custom:mover", "Custom:lost");
                witness.subscribe("device_state");
                awaitState(witness, "Custom:mover", "INUSE");
                cluster.kill(1);
            }
            try (ServiceClient moved = login(2, "pbx9", "mover")) {
                moved.publish("device_state", device("Custom:mover", "c4", "INUSE"));
                for (XmlElement item = witness.nextItem("of Custom:lost");
                        !"Custom:lost".equals(item.attribute("id"))
                                || !text(item).equals("UNAVAILABLE");
                        item = witness.nextItem("of Custom:lost")) {
                    assertThat(item.attribute("id")).isNotEqualTo("Custom:mover");
                }
                cluster.startAgain(1);
                cluster.node(1).awaitClients();
                cluster.awaitTogether();
                try (ServiceClient back = login(1, "pbx7", "back")) {
                    Await.until("node1 has it", Duration.ofSeconds(20), () -> last(back, "Custom:mover")
                            .equals("INUSE"));
                    assertThat(last(back, "Custom:lost")).isEqualTo("UNAVAILABLE");
                }
            }
        }
    }

    private static ServiceClient login(int node, String user, String resource) {
        return ServiceClient.login(cluster.node(node), user, resource);
    }

    private static String device(String id, String eid, String state) {
        return ServiceClient.device(id, "00:11:22:33:44:" + eid, state);
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

    private static void awaitMember(Asterisk server, String device, String state) {
        Await.until(server.title() + " shows " + state, SOON, () -> server.queueMember(device)
                .endsWith(state));
    }
}
