// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.codeOf;
import static org.devstate.core.testing.Stanzas.owner;
import static org.devstate.core.testing.Stanzas.publishMailbox;
import static org.devstate.core.testing.Stanzas.publishNonCachable;
import static org.devstate.core.testing.Stanzas.publishState;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

/** Two or three nodes as one service. */
final class ClusterTest {

    private static final Policy ALICE_ONLY =
            ServiceFixture.open(AccountGlobs.of(List.of("alice@example.net")), LeaseTerms.DEFAULT);
    private static final Jid ALICES_OTHER = Jid.of("alice@example.net/other");

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a");
    private final ClusterNode b = cluster.start("b");

    ClusterTest() {
        cluster.advance(2_000);
        a.logIn(ALICE);
        b.logIn(BOB);
        cluster.advance(2_000);
        a.sender.clear();
        b.sender.clear();
    }

    @Test
    void aPublishNotifiesASubscriberAtAnotherNode() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(10);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        assertThat(a.messagesTo(ALICE)).isEmpty();
        assertThat(a.replicator().digest()).isEqualTo(b.replicator().digest()).isNotZero();
    }

    @Test
    void aRepetitionNotifiesNoSubscriber() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.sender.clear();
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(120_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aNonCachableValueNotifiesASubscriberAtAnotherNode() {
        a.service.handle(ALICE, publishNonCachable("Custom:1", EID_A, "INUSE"));
        cluster.advance(10);
        assertThat(b.messagesTo(BOB))
                .containsExactly(Stanzas.nonCachableMessage(SERVICE, BOB, "Custom:1", EID_A, "INUSE"));
        assertThat(b.replicator().digest()).isZero();
    }

    @Test
    void aMailboxNotifiesASubscriberAtAnotherNode() {
        a.service.handle(ALICE, publishMailbox("500@default", EID_A, 2, 1));
        cluster.advance(10);
        assertThat(b.messagesTo(BOB)).containsExactly(mailbox(BOB, "500@default", EID_A, 2, 1));
    }

    @Test
    void aNodeThatJoinsLaterReceivesTheTable() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        b.service.handle(BOB, publishMailbox("500@default", EID_B, 2, 1));
        cluster.advance(60_000);
        ClusterNode c = cluster.start("c");
        cluster.advance(2_000);
        assertThat(c.replicator().digest()).isEqualTo(a.replicator().digest());
        assertThat(c.replicator().nodes())
                .extracting(Replicator.NodeStatus::isComplete)
                .containsExactly(true, true);
        Jid carol = ServiceFixture.CAROL;
        c.logIn(carol);
        cluster.advance(2_000);
        assertThat(c.messagesTo(carol))
                .containsExactlyInAnyOrder(
                        state(carol, "PJSIP/100", EID_A, "INUSE"), mailbox(carol, "500@default", EID_B, 2, 1));
    }

    @Test
    void aChangeDuringACutArrivesAfterIt() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.cut(a, b);
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "BUSY"));
        cluster.advance(10_000);
        b.sender.clear();
        cluster.heal();
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "BUSY"));
        cluster.advance(60_000);
        assertThat(b.messagesTo(BOB)).as("its server was never gone").isEmpty();
    }

    @Test
    void aRemovalDuringACutArrivesAfterIt() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.cut(a, b);
        a.service.administration().servers().purge(ALICE.account());
        cluster.advance(10_000);
        cluster.heal();
        b.sender.clear();
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        assertThat(a.replicator().digest()).isZero();
        assertThat(b.replicator().digest()).isZero();
    }

    @Test
    void aBatchThatIsLostIsRepeatedAfterThreeSeconds() {
        cluster.cut(a, b);
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(100);
        cluster.heal();
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
    }

    @Test
    void theDevicesOfALostNodeEndAfterTheGracePeriod() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        a.service.handle(ALICE, publishMailbox("500@default", EID_A, 2, 1));
        cluster.advance(2_000);
        b.sender.clear();
        cluster.crash(a);
        cluster.advance(LeaseTerms.DEFAULT.graceMs() + 3_500);
        assertThat(b.messagesTo(BOB)).isEmpty();
        cluster.advance(4_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aLostConnectionBeginsTheGracePeriodAtOnce() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(a);
        b.sender.clear();
        b.replicator().leave("a");
        b.replicator().leave("nobody");
        assertThat(b.replicator().nodes()).singleElement().satisfies(node -> assertThat(node.isPresent())
                .isFalse());
        cluster.advance(LeaseTerms.DEFAULT.graceMs() - 1);
        assertThat(b.messagesTo(BOB)).isEmpty();
        cluster.advance(1);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aServerThatMovesWithinTheGracePeriodNotifiesNoSubscriber() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.sender.clear();
        cluster.crash(a);
        cluster.advance(10_000);
        b.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(120_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aServerThatMovesBetweenTwoNodesNotifiesNoSubscriber() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.sender.clear();
        a.service.sessionEnded(ALICE);
        cluster.advance(1_000);
        b.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(120_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
        assertThat(a.replicator().digest()).isEqualTo(b.replicator().digest());
    }

    @Test
    void aDeviceThatAMovedServerDoesNotRepeatEnds() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"), publishState("PJSIP/101", EID_A, "BUSY"));
        cluster.advance(2_000);
        b.sender.clear();
        cluster.crash(a);
        cluster.advance(10_000);
        b.logIn(ALICE, publishState("PJSIP/101", EID_A, "BUSY"));
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    /** The node where it logs in learns of its devices only after that. */
    @Test
    void aDeviceThatIsNotRepeatedEndsAtANodeThatLearnsOfItLater() {
        cluster.cut(a, b);
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"), publishState("PJSIP/101", EID_A, "BUSY"));
        cluster.advance(6_000);
        b.logIn(ALICE, publishState("PJSIP/101", EID_A, "BUSY"));
        cluster.advance(6_000);
        b.sender.clear();
        cluster.heal();
        cluster.advance(3_000);
        assertThat(b.messagesTo(BOB)).doesNotContain(state(BOB, "PJSIP/101", EID_A, "UNAVAILABLE"));
        assertThat(b.service.administration().entries().of(NodeType.DEVICE_STATE, "PJSIP/100"))
                .extracting(known -> known.entry().value().toString())
                .containsExactly("UNAVAILABLE");
        assertThat(a.replicator().digest()).isEqualTo(b.replicator().digest());
    }

    @Test
    void aSessionOfTheSameAccountAtAnotherNodeKeepsTheEntries() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.logIn(ALICES_OTHER, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.sender.clear();
        a.service.sessionEnded(ALICE);
        cluster.advance(120_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
    }

    @Test
    void anEntryForWhichNoNodeAnswersEnds() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        ClusterNode c = cluster.start("c");
        cluster.cut(a, c);
        cluster.advance(1_000); // it has the entry from b, and has never heard of a
        cluster.crash(a);
        cluster.crash(b);
        c.logIn(BOB);
        cluster.advance(1_000);
        assertThat(c.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        cluster.advance(LeaseTerms.DEFAULT.graceMs() - 2_000);
        assertThat(c.messagesTo(BOB)).isEmpty();
        cluster.advance(13_000);
        assertThat(c.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aChangedPolicyIsInForceAtAllNodes() {
        b.service.handle(BOB, publishState("PJSIP/200", EID_B, "INUSE"));
        cluster.advance(2_000);
        a.service.setPolicy(ALICE_ONLY);
        cluster.advance(10);
        assertThat(b.service.policy()).isEqualTo(ALICE_ONLY);
        assertThat(b.service.admits(BOB)).isFalse();
        ClusterNode c = cluster.start("c");
        cluster.advance(2_000);
        assertThat(c.service.policy()).isEqualTo(ALICE_ONLY);
    }

    @Test
    void theLaterOfTwoPolicyChangesCounts() {
        cluster.cut(a, b);
        a.service.setPolicy(ALICE_ONLY);
        cluster.advance(10);
        Policy later = ServiceFixture.open(AccountGlobs.of(List.of("bob@example.net")), LeaseTerms.DEFAULT);
        b.service.setPolicy(later);
        cluster.heal();
        cluster.advance(10_000);
        assertThat(a.service.policy()).isEqualTo(later);
        assertThat(b.service.policy()).isEqualTo(later);
        assertThat(a.log.warned())
                .contains(
                        "pubsub.example.net: the policy was changed here and at cluster node b at the same time, or while they"
                                + " were not connected: the later change, of that node, counts; repeat the one that was made here");
        assertThat(b.log.warned()).noneMatch(line -> line.contains("repeat"));
    }

    @Test
    void aPolicyThatItsNodeCouldNotSendCountsWhenTheNodeIsRestarted() {
        Policy bobs = ServiceFixture.open(AccountGlobs.of(List.of("bob@example.net")), LeaseTerms.DEFAULT);
        b.service.setPolicy(bobs);
        b.service.setPolicy(ClusterFixture.OPEN);
        cluster.advance(2_000);
        cluster.cut(a, b);
        a.service.setPolicy(ALICE_ONLY);
        cluster.crash(a);
        cluster.advance(10_000);
        cluster.heal();
        assertThat(b.service.policy()).isEqualTo(ClusterFixture.OPEN);
        ClusterNode again = cluster.start("a");
        again.service.restore(new Contents(List.of(), List.of(), a.persistedPolicy));
        cluster.advance(5_000);
        assertThat(b.service.policy()).isEqualTo(ALICE_ONLY);
        assertThat(again.service.policy()).isEqualTo(ALICE_ONLY);
    }

    @Test
    void aPolicyIsPersistedAtEachNodeWithItsNumber() {
        a.service.setPolicy(ALICE_ONLY);
        cluster.advance(2_000);
        assertThat(a.persistedPolicy).startsWith("# change 1, at ");
        assertThat(b.persistedPolicy).isEqualTo(a.persistedPolicy);
    }

    @Test
    void nodesWithDifferentConfigurationsWarnOnce() {
        ClusterNode c = cluster.start("c", ALICE_ONLY);
        cluster.advance(120_000);
        assertThat(c.service.policy()).isEqualTo(ALICE_ONLY);
        assertThat(a.log.warned())
                .containsExactly("pubsub.example.net: cluster node c has another policy than this one;"
                        + " give all nodes the same configuration, or change a site by command");
    }

    @Test
    void anEidThatIsBoundAtOneNodeIsBoundAtAll() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(10);
        b.sender.clear();
        b.service.handle(BOB, publishState("PJSIP/100", EID_A, "BUSY"));
        assertThat(codeOf(b.sender.to(BOB).get(0))).isEqualTo("403");
        b.service.administration().servers().release(eid(EID_A));
        cluster.advance(10);
        assertThat(a.service.administration().servers().bind(eid(EID_A), BOB.account()))
                .isEqualTo(EidBindings.EidOutcome.OWN);
        cluster.advance(10);
        assertThat(b.service.administration().servers().bind(eid(EID_A), Account.of("alice@example.net")))
                .isEqualTo(EidBindings.EidOutcome.FOREIGN);
    }

    @Test
    void aWithdrawnEntryEndsForASubscriberAtAnotherNode() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        a.service.handle(ALICE, publishMailbox("500@default", EID_A, 2, 1));
        cluster.advance(2_000);
        b.sender.clear();
        a.service.handle(ALICE, owner("<purge node='device_state'/>"));
        a.service.handle(ALICE, owner("<purge node='message_waiting'/>"));
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), mailbox(BOB, "500@default", EID_A, 0, 0));
        assertThat(b.replicator().digest()).isZero();
    }

    @Test
    void aPurgedServerEndsForASubscriberAtAnotherNode() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        b.sender.clear();
        assertThat(b.service.administration().servers().purge(ALICE.account())).isEqualTo(1);
        cluster.advance(2_000);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
        assertThat(a.replicator().digest()).isEqualTo(b.replicator().digest());
    }

    @Test
    void aNodeThatAnswersHasTheSameTableSinceTheFirstComparisonThatFoundIt() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(60_000);
        long firstMs = figures(a).comparedAtMs();
        assertThat(figures(a))
                .isEqualTo(new Replicator.LinkFigures(0, 0, firstMs, figures(a).sameSinceMs()));
        long sinceMs = figures(a).sameSinceMs();
        assertThat(sinceMs).isPositive();
        cluster.advance(60_000);
        assertThat(figures(a).sameSinceMs()).isEqualTo(sinceMs);
        assertThat(figures(a).comparedAtMs()).isGreaterThan(firstMs);
    }

    @Test
    void theLagIsTheAgeOfTheOldestChangeThatIsNotAcknowledged() {
        cluster.cut(a, b);
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(1_000);
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "BUSY"));
        cluster.advance(2_500);
        assertThat(figures(a).lagMs()).isEqualTo(3_500);
        assertThat(figures(a).pending()).isPositive();
        cluster.heal();
        cluster.advance(4_000);
        assertThat(figures(a).lagMs()).isZero();
        assertThat(figures(a).pending()).isZero();
    }

    private static Replicator.LinkFigures figures(ClusterNode node) {
        return node.replicator().nodes().get(0).figures();
    }

    @Test
    void aNodeWithoutThePluginIsNamedOnce() {
        a.replicator().join("stock");
        cluster.advance(59_000);
        assertThat(a.log.warned()).isEmpty();
        a.replicator().join("stock");
        cluster.advance(120_000);
        assertThat(a.log.warned())
                .containsExactly("pubsub.example.net: cluster node stock is connected but sends no states: it has no"
                        + " plugin, or not under the same name, or does not serve this address; servers that are"
                        + " connected to it share nothing");
    }

    @Test
    void aNodeThatDisconnectsBeforeItsFirstMessageIsNotNamed() {
        a.replicator().join("stock");
        a.replicator().leave("stock");
        cluster.advance(120_000);
        assertThat(a.log.warned()).isEmpty();
    }

    @Test
    void theEntryLimitOfASiteCountsTheEntriesOfAllNodes() {
        a.service.setPolicy(ServiceFixture.policy(
                "site paris\nservers *@example.net\nentries 10\npublish allow *\nreceive allow * *\n"));
        cluster.advance(10);
        for (int i = 0; i < 8; i++) {
            a.service.handle(ALICE, publishState("PJSIP/" + i, EID_A, "INUSE"));
        }
        cluster.advance(10);
        for (int i = 0; i < 3; i++) {
            b.service.handle(BOB, publishState("Custom:" + i, EID_B, "INUSE"));
        }
        assertThat(b.service.status().entries()).isEqualTo(10);
        assertThat(b.sender.to(BOB).toString())
                .contains("the site paris has 10 devices and mailboxes, its limit (entries)");
        cluster.advance(10);
        a.sender.clear();
        a.service.handle(ALICE, publishState("PJSIP/8", EID_A, "INUSE"));
        assertThat(codeOf(a.sender.to(ALICE).get(0))).isNotEqualTo("result");
        assertThat(a.service.status().entries()).isEqualTo(10);
    }

    @Test
    void theEntryLimitOfAnAccountCountsTheEntriesOfAllNodes() {
        Limits three = Limits.DEFAULT.withEntriesPerAccount(3);
        a.service.setLimits(three);
        b.service.setLimits(three);
        a.service.handle(ALICE, publishState("PJSIP/1", EID_A, "INUSE"));
        a.service.handle(ALICE, publishState("PJSIP/2", EID_A, "INUSE"));
        cluster.advance(10);
        b.service.handle(ALICES_OTHER, publishState("PJSIP/3", EID_A, "INUSE"));
        b.service.handle(ALICES_OTHER, publishState("PJSIP/4", EID_A, "INUSE"));
        cluster.advance(10);
        assertThat(a.service.status().entries()).isEqualTo(3);
        assertThat(b.service.status().entries()).isEqualTo(3);
    }

    /** No acknowledged entry is dropped, even if together they are more than the site may have. */
    @Test
    void entriesThatTwoNodesAcceptAtTheSameTimeStay() {
        Limits one = Limits.DEFAULT.withEntriesPerAccount(1);
        a.service.setLimits(one);
        b.service.setLimits(one);
        a.service.handle(ALICE, publishState("PJSIP/1", EID_A, "INUSE"));
        b.service.handle(ALICES_OTHER, publishState("PJSIP/2", EID_A, "INUSE"));
        cluster.advance(1_000);
        assertThat(a.service.status().entries()).isEqualTo(2);
        assertThat(b.service.status().entries()).isEqualTo(2);
    }

    @Test
    void joinsAndLossesAreLogged() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(a);
        cluster.advance(6_000);
        assertThat(b.log.happened()).contains("pubsub.example.net: cluster node a has joined");
        assertThat(b.log.warned())
                .containsExactly("pubsub.example.net: cluster node a is lost;"
                        + " 1 server was connected to it and may come back to any node");
    }

    @Test
    void aNodeThatIsRestartedUnnoticedIsLostAndJoinsAgain() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(a);
        b.log.happened();
        b.sender.clear();
        ClusterNode again = cluster.start("a");
        cluster.advance(2_000);
        assertThat(b.log.warned()).hasSize(1);
        assertThat(b.log.happened()).contains("pubsub.example.net: cluster node a has joined");
        assertThat(again.replicator().digest()).isEqualTo(b.replicator().digest());
        cluster.advance(LeaseTerms.DEFAULT.graceMs());
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void anInvalidMessageIsLoggedOnceAndIgnored() {
        for (int i = 0; i < 2; i++) {
            b.replicator().receive("a", Xml.view("<replication xmlns='urn:devstate:replication' version='2'/>"));
        }
        cluster.advance(1);
        assertThat(b.log.warned())
                .containsExactly(
                        "pubsub.example.net: cluster node a has sent an invalid message: its version is 2, and 1"
                                + " was expected. It is ignored; install the same version of the plugin on all nodes");
    }

    private static Eid eid(String text) {
        return Objects.requireNonNull(Eid.parse(text));
    }
}
