// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.publishMailbox;
import static org.devstate.core.testing.Stanzas.publishState;

import org.devstate.core.entries.EntryMerger;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that was away is notified of entries that have ended, at whatever node it logs in: bob was connected to node a. */
final class ClusterAwayTest {

    private static final String PARIS = "site paris\nservers alice@example.net\nreceive allow * *\n";
    private static final String BERLIN =
            "site berlin\nservers bob@example.net carol@example.net\npublish allow *\nreceive allow * *\n";
    private static final Policy OPEN = ServiceFixture.policy(PARIS + "publish allow *\n" + BERLIN);
    private static final Policy SECRET = ServiceFixture.policy(PARIS + "publish deny *\n" + BERLIN);

    private static final Jid CAROL = Jid.of("carol@example.net/asterisk");

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a", OPEN);
    private final ClusterNode b = cluster.start("b", OPEN);

    @BeforeEach
    void bobHasReceivedAndIsAway() {
        a.replicator().holdSnapshots();
        b.replicator().holdSnapshots();
        cluster.advance(4_000);
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"), publishMailbox("100@default", EID_A, 2, 1));
        a.logIn(BOB);
        cluster.advance(2_000);
        a.service.sessionEnded(BOB);
        cluster.advance(100);
        a.sender.clear();
    }

    @Test
    void anEndedEntryIsNotifiedAtAnotherNode() {
        a.service.administration().servers().purge(ALICE.account());
        cluster.advance(100);
        assertThatBobLearnsAt(b);
        b.service.sessionEnded(BOB);
        cluster.advance(100);
        assertThatBobLearnsAt(a);
    }

    @Test
    void anEntryThatEndedAtAnotherNodeIsNotifiedAtAThird() {
        ClusterNode c = cluster.start("c", OPEN);
        cluster.advance(2_000);
        b.service.administration().servers().purge(ALICE.account());
        cluster.advance(100);
        assertThatBobLearnsAt(c);
    }

    @Test
    void anEntryThatAChangedPolicyForbidsIsNotifiedAtAnotherNode() {
        a.service.setPolicy(SECRET);
        cluster.advance(100);
        assertThatBobLearnsAt(b);
    }

    /** Its node has not had that entry yet when the policy is changed. */
    @Test
    void anEntryThatArrivesWithThePolicyThatForbidsItIsNotifiedAtAnotherNode() {
        bobReceivesFurtherEntriesWhileNodesHaveNoConnection();
        a.service.setPolicy(SECRET);
        cluster.heal();
        cluster.advance(4_000);
        assertThatBobLearnsOfAllAt(b);
    }

    @Test
    void anEntryThatEndsBeforeAnotherNodeKnowsItAndThePolicyIsNotifiedThere() {
        bobReceivesFurtherEntriesWhileNodesHaveNoConnection();
        a.service.setPolicy(SECRET);
        a.service.administration().servers().purge(ALICE.account());
        cluster.heal();
        cluster.advance(4_000);
        assertThatBobLearnsOfAllAt(b);
    }

    @Test
    void aServerThatIsConnectedAlreadyIsNotifiedOfAnEntryThatArrivesWithThePolicyThatForbidsIt() {
        bobReceivesFurtherEntriesWhileNodesHaveNoConnection();
        b.logIn(BOB);
        b.sender.clear();
        a.service.setPolicy(SECRET);
        cluster.heal();
        cluster.advance(4_000);
        assertThat(b.messagesTo(BOB))
                .contains(state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"), mailbox(BOB, "101@default", EID_A, 0, 0));
    }

    /** Node b has the policy at once, and node a not yet. */
    @Test
    void anEntryThatIsPublishedBeforeItsNodeHasThePolicyIsNotifiedAtAnotherNode() {
        cluster.cut(a, b);
        b.service.setPolicy(SECRET);
        bobReceivesFurtherEntriesWhileNodesHaveNoConnection();
        cluster.heal();
        cluster.advance(4_000);
        assertThatBobLearnsOfAllAt(b);
    }

    /** Nobody can have received it: its name stays unknown. */
    @Test
    void anEntryThatIsPublishedAfterThePolicyThatForbidsItIsNotNotified() {
        a.service.setPolicy(SECRET);
        cluster.advance(EntryMerger.MOST_LAG_MS + 100);
        a.service.handle(ALICE, publishState("PJSIP/101", EID_A, "INUSE"));
        a.service.handle(ALICE, publishMailbox("101@default", EID_A, 2, 1));
        cluster.advance(100);
        assertThatBobLearnsAt(b);
    }

    @Test
    void aSubscriptionThatIsKnownAfterTheChangeOfThePolicyIsNotifiedAtAnotherNode() {
        carolReceivesAtAWhileNodesHaveNoConnection();
        b.service.setPolicy(SECRET);
        cluster.heal();
        cluster.advance(4_000);
        assertThatServerLearnsAt(b, CAROL);
    }

    @Test
    void aSubscriptionThatIsKnownAfterTheRemovalIsNotifiedAtAnotherNode() {
        carolReceivesAtAWhileNodesHaveNoConnection();
        b.service.administration().servers().purge(ALICE.account());
        cluster.heal();
        cluster.advance(4_000);
        assertThatServerLearnsAt(b, CAROL);
    }

    @Test
    void aServerThatIsConnectedBeforeItsFormerSubscriptionIsKnownIsNotified() {
        carolReceivesAtAWhileNodesHaveNoConnection();
        b.service.setPolicy(SECRET);
        b.logIn(CAROL);
        cluster.advance(100);
        assertThat(b.messagesTo(CAROL)).isEmpty();
        cluster.heal();
        cluster.advance(4_000);
        assertThat(b.messagesTo(CAROL))
                .containsExactlyInAnyOrder(
                        state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"), mailbox(CAROL, "100@default", EID_A, 0, 0));
    }

    @Test
    void aSubscriptionLongAfterTheChangeOfThePolicyIsNotNotified() {
        a.service.setPolicy(SECRET);
        cluster.advance(EntryMerger.MOST_LAG_MS);
        a.logIn(CAROL);
        cluster.advance(100);
        b.logIn(CAROL);
        cluster.advance(100);
        assertThat(b.messagesTo(CAROL)).isEmpty();
    }

    private void carolReceivesAtAWhileNodesHaveNoConnection() {
        cluster.cut(a, b);
        a.logIn(CAROL);
        cluster.advance(500);
        assertThat(a.messagesTo(CAROL)).contains(state(CAROL, "PJSIP/100", EID_A, "INUSE"));
        a.service.sessionEnded(CAROL);
        cluster.advance(500);
    }

    private void bobReceivesFurtherEntriesWhileNodesHaveNoConnection() {
        cluster.cut(a, b);
        a.logIn(BOB);
        a.service.handle(ALICE, publishState("PJSIP/101", EID_A, "INUSE"));
        a.service.handle(ALICE, publishMailbox("101@default", EID_A, 2, 1));
        cluster.advance(500);
        assertThat(a.messagesTo(BOB)).contains(state(BOB, "PJSIP/101", EID_A, "INUSE"));
        a.service.sessionEnded(BOB);
        cluster.advance(500);
    }

    private void assertThatBobLearnsOfAllAt(ClusterNode node) {
        node.logIn(BOB);
        cluster.advance(1_000);
        assertThat(node.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"),
                        state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"),
                        mailbox(BOB, "100@default", EID_A, 0, 0),
                        mailbox(BOB, "101@default", EID_A, 0, 0));
    }

    @Test
    void anEntryThatWasPublishedAgainIsNotifiedAsItIs() {
        a.service.administration().servers().purge(ALICE.account());
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "RINGING"));
        a.service.handle(ALICE, publishMailbox("100@default", EID_A, 1, 0));
        cluster.advance(100);
        b.logIn(BOB);
        cluster.advance(100);
        assertThat(b.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "RINGING"), mailbox(BOB, "100@default", EID_A, 1, 0));
    }

    private void assertThatBobLearnsAt(ClusterNode node) {
        assertThatServerLearnsAt(node, BOB);
    }

    private void assertThatServerLearnsAt(ClusterNode node, Jid server) {
        node.logIn(server);
        cluster.advance(100);
        assertThat(node.messagesTo(server))
                .containsExactlyInAnyOrder(
                        state(server, "PJSIP/100", EID_A, "UNAVAILABLE"), mailbox(server, "100@default", EID_A, 0, 0));
    }
}
