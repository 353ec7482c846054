package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Place;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.devstate.testbed.cluster.TigaseCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real Tigase nodes of one cluster: sessions and accounts are shared; {@link ClusterInTigaseIT} is about device states. */
@Tag("e2e")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigase
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ClusterOfTwoNodesIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ClusterOfTwoNodesIT");
    private static final Duration SOON = Duration.ofSeconds(10);

    private static TigaseCluster cluster;

    @BeforeAll
    static void startTheCluster() {
        TigaseCluster.whyNot().ifPresent(reason -> {
            Assumptions.abort("NOT RUN: " + reason);
        });
        cluster = TigaseCluster.make(Tigase.home().orElseThrow(), FOLDER, 2, 2, HostSetup.USUAL)
                .startAll();
        List.of("pbx1", "pbx2", "alice", "bob").forEach(cluster.node(1)::addAccount);
    }

    @AfterAll
    static void closeTheCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aMessageReachesASessionOnTheOtherNode() throws InterruptedException {
        try (XmppClient alice = XmppClient.login(cluster.node(1), "alice", "desk");
                XmppClient bob = XmppClient.login(cluster.node(2), "bob", "desk")) {
            alice.send("<message to='" + bob.jid() + "'><body>hello bob</body></message>");
            assertThat(String.valueOf(bob.nextMessage(SOON))).contains("hello bob");
            bob.send("<message to='" + alice.jid() + "'><body>hello alice</body></message>");
            assertThat(String.valueOf(alice.nextMessage(SOON))).contains("hello alice");
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void bothReleasesOfAsteriskLogInAtDifferentNodes() {
        Testbed testbed = Testbed.find();
        ClusterNetwork network = cluster.network();
        Place beside = network.node(1);
        Place apart = network.site(1, network.address(2));
        try (Asterisk old = Asterisk.start(testbed, Release.V16, FOLDER, "pbx1", 1, cluster.node(1), beside);
                Asterisk young = Asterisk.start(testbed, Release.V22, FOLDER, "pbx2", 2, cluster.node(2), apart)) {
            old.awaitConnected(Office.CONNECT);
            young.awaitConnected(Office.CONNECT);
            assertThat(network.clients(1)).isEqualTo(1);
            assertThat(network.clients(2)).isEqualTo(1);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aLineBetweenNodesThatIsCutCarriesNothingUntilItIsMended() throws InterruptedException {
        ClusterNetwork network = cluster.network();
        try (XmppClient alice = XmppClient.login(cluster.node(1), "alice", "cut");
                XmppClient bob = XmppClient.login(cluster.node(2), "bob", "cut")) {
            network.cut(1, 2);
            try {
                alice.send("<message to='" + bob.jid() + "'><body>late</body></message>");
                assertThat(bob.nextMessage(Duration.ofSeconds(3))).isNull();
                assertAnswers(alice);
                assertAnswers(bob);
            } finally {
                network.mend(1, 2);
            }
            assertThat(String.valueOf(bob.nextMessage(Duration.ofSeconds(20)))).contains("late");
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aNodeWithoutItsDatabaseStillServesItsSessions() throws InterruptedException {
        ClusterNetwork network = cluster.network();
        try (XmppClient alice = XmppClient.login(cluster.node(1), "alice", "database");
                XmppClient bob = XmppClient.login(cluster.node(2), "bob", "database")) {
            network.cutDatabase(1);
            try {
                alice.send("<message to='" + bob.jid() + "'><body>hello bob</body></message>");
                assertThat(String.valueOf(bob.nextMessage(SOON))).contains("hello bob");
                XmppClient.login(cluster.node(2), "pbx2", "database").close();
            } finally {
                network.mendDatabase(1);
            }
            XmppClient.login(cluster.node(1), "pbx1", "database").close();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aKilledNodeIsLostAtOnceAndJoinsAgain() throws InterruptedException {
        cluster.kill(2);
        cluster.awaitApart(1, 2, SOON);
        try (XmppClient alice = XmppClient.login(cluster.node(1), "alice", "killed")) {
            assertAnswers(alice);
            cluster.startAgain(2);
            cluster.node(2).awaitClients();
            cluster.awaitTogether();
            try (XmppClient bob = XmppClient.login(cluster.node(2), "bob", "killed")) {
                bob.send("<message to='" + alice.jid() + "'><body>back</body></message>");
                assertThat(String.valueOf(alice.nextMessage(SOON))).contains("back");
            }
        }
    }

    private static void assertAnswers(XmppClient client) {
        assertThat(client.request("get", "example.net", "<ping xmlns='urn:xmpp:ping'/>")
                        .attribute("type"))
                .isEqualTo("result");
    }
}
