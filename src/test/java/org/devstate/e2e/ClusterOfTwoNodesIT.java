// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real Tigase nodes of one cluster: sessions and accounts are shared; {@link ClusterInTigaseIT} is about device states. */
@InTigaseCluster
final class ClusterOfTwoNodesIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static ClusterOffice office;

    @BeforeAll
    static void openTheOffice() {
        office = ClusterOffice.open(ClusterOfTwoNodesIT.class, 2, 2, HostSetup.USUAL, "pbx1", "pbx2", "alice", "bob");
    }

    @AfterAll
    static void closeTheOffice() {
        if (office != null) {
            office.close();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aMessageReachesASessionOnTheOtherNode() throws InterruptedException {
        try (XmppClient alice = login(1, "alice", "desk");
                XmppClient bob = login(2, "bob", "desk")) {
            alice.send("<message to='" + bob.jid() + "'><body>hello bob</body></message>");
            assertThat(String.valueOf(bob.nextMessage(SOON))).contains("hello bob");
            bob.send("<message to='" + alice.jid() + "'><body>hello alice</body></message>");
            assertThat(String.valueOf(alice.nextMessage(SOON))).contains("hello alice");
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void bothReleasesOfAsteriskLogInAtDifferentNodes() {
        ClusterNetwork network = office.network();
        try (Asterisk old = office.start(Release.V16, 1, network.node(1));
                Asterisk young = office.start(Release.V22, 2, network.site(1, network.address(2)))) {
            assertUsesTls(old);
            assertUsesTls(young);
            assertThat(network.clients(1)).isEqualTo(1);
            assertThat(network.clients(2)).isEqualTo(1);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aLineBetweenNodesThatIsCutCarriesNothingUntilItIsMended() throws InterruptedException {
        ClusterNetwork network = office.network();
        try (XmppClient alice = login(1, "alice", "cut");
                XmppClient bob = login(2, "bob", "cut")) {
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
        ClusterNetwork network = office.network();
        try (XmppClient alice = login(1, "alice", "database");
                XmppClient bob = login(2, "bob", "database")) {
            network.cutDatabase(1);
            try {
                alice.send("<message to='" + bob.jid() + "'><body>hello bob</body></message>");
                assertThat(String.valueOf(bob.nextMessage(SOON))).contains("hello bob");
                login(2, "pbx2", "database").close();
            } finally {
                network.mendDatabase(1);
            }
            login(1, "pbx1", "database").close();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aKilledNodeIsLostAtOnceAndJoinsAgain() throws InterruptedException {
        office.cluster().kill(2);
        office.cluster().awaitApart(1, 2, SOON);
        try (XmppClient alice = login(1, "alice", "killed")) {
            assertAnswers(alice);
            office.startAgain(2);
            try (XmppClient bob = login(2, "bob", "killed")) {
                bob.send("<message to='" + alice.jid() + "'><body>back</body></message>");
                assertThat(String.valueOf(alice.nextMessage(SOON))).contains("back");
            }
        }
    }

    private static XmppClient login(int node, String user, String resource) {
        return XmppClient.login(office.cluster().node(node), user, resource);
    }

    private static void assertUsesTls(Asterisk server) {
        assertThat(server.log().tlsRequestsBeforeLogin()).as(server.title()).isEqualTo(1);
    }

    private static void assertAnswers(XmppClient client) {
        assertThat(client.request("get", "example.net", "<ping xmlns='urn:xmpp:ping'/>")
                        .attribute("type"))
                .isEqualTo("result");
    }
}
