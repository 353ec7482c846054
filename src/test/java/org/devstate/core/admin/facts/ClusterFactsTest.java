// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts.NodeFacts;
import org.devstate.core.admin.facts.Fact.AbsenceFact;
import org.devstate.core.admin.facts.Fact.LoadFact;
import org.devstate.core.admin.facts.Fact.SessionFact;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Decision;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Traffic;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** The facts that one node collects, and those of all nodes together. */
final class ClusterFactsTest {

    private static final FactQuestion.OfItem PHONE = new FactQuestion.OfItem(NodeType.DEVICE_STATE, "PJSIP/1", null);
    private static final Eid EID = Objects.requireNonNull(Eid.parse(EID_A));
    private static final Eid OTHER_EID = Objects.requireNonNull(Eid.parse(EID_B));
    private static final Load ONLINE = new Load(1, 0, 0, new Traffic(0, 0, 0));

    private final ServiceFixture host = new ServiceFixture();
    private final FactCollector collector = new FactCollector(host.service.administration());

    @Test
    void onlyServersWithASessionOrTrafficAreFacts() {
        host.admit("alice@example.net", "bob@example.net", "carol@example.net");
        host.subscribe(BOB, "device_state");
        assertThat(loads()).containsExactly(BOB.account());
        host.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        assertThat(loads())
                .as("connected, but not subscribed")
                .containsExactlyInAnyOrder(ALICE.account(), BOB.account());
        host.service.sessionEnded(ALICE);
        assertThat(loads()).as("published just now").containsExactlyInAnyOrder(ALICE.account(), BOB.account());
        host.clock.advance(3_600_000);
        assertThat(loads()).containsExactly(BOB.account());
    }

    @Test
    void thePublisherOfADeviceIsAFactWithItsSessionOrItsAbsence() {
        host.subscribe(ALICE, "device_state");
        host.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        assertThat(sessionsAndAbsences()).containsExactly(new SessionFact(ALICE, true, Set.of(NodeType.DEVICE_STATE)));
        host.service.sessionEnded(ALICE);
        long nowMs = host.clock.wallMs();
        assertThat(sessionsAndAbsences()).containsExactly(new AbsenceFact(ALICE.account(), nowMs, nowMs + 30_000));
    }

    @Test
    void anAccountThatWasNeverConnectedHasNoAbsence() {
        FactQuestion question = new FactQuestion.OfItem(NodeType.DEVICE_STATE, "PJSIP/1", CAROL.account());
        assertThat(collector.collect(question)).isEmpty();
    }

    @Test
    void anAccountIsAbsentIfItHasNoSessionAtAnyNode() {
        ClusterFacts facts = facts(
                List.of(new AbsenceFact(ALICE.account(), 5, 40), new AbsenceFact(BOB.account(), 9, 90)),
                List.of(new AbsenceFact(ALICE.account(), 7, 30), new SessionFact(BOB, true, Set.of())));
        assertThat(facts.sessions(ALICE.account())).isEqualTo(new AccountSessions(List.of(), List.of(), 7, 40));
        assertThat(facts.sessions(BOB.account())).isEqualTo(new AccountSessions(List.of(BOB), List.of(), 0, 0));
        assertThat(facts.sessions(CAROL.account())).isEqualTo(new AccountSessions(List.of(), List.of(), 0, 0));
    }

    @Test
    void anAccountIsAtTheNodesWhereItHasASession() {
        ClusterFacts facts = facts(
                List.of(new LoadFact(ALICE.account(), ONLINE), new SessionFact(BOB, false, Set.of())),
                List.of(
                        new LoadFact(ALICE.account(), ONLINE),
                        new LoadFact(BOB.account(), new Load(0, 0, 0, new Traffic(1, 0, 0))),
                        new LoadFact(CAROL.account(), new Load(1, 1, 0, new Traffic(0, 0, 0)))));
        assertThat(facts.nodesOf(ALICE.account())).isEqualTo("a, b");
        assertThat(facts.nodesOf(BOB.account())).isEqualTo("a");
        assertThat(facts.nodesOf(CAROL.account())).isEqualTo("b");
        assertThat(facts.nodesOf(Account.of("dave@example.net"))).isEmpty();
        assertThat(facts.load(ALICE.account()).online()).isEqualTo(2);
    }

    @Test
    void aSessionIsSubscribedToTheNodesOfItsOwnFact() {
        ClusterFacts facts = facts(
                List.of(new SessionFact(ALICE, true, Set.of(NodeType.DEVICE_STATE))),
                List.of(new SessionFact(BOB, true, Set.of(NodeType.MESSAGE_WAITING))));
        assertThat(facts.isSubscribed(ALICE, NodeType.DEVICE_STATE)).isTrue();
        assertThat(facts.isSubscribed(ALICE, NodeType.MESSAGE_WAITING)).isFalse();
        assertThat(facts.isSubscribed(BOB, NodeType.MESSAGE_WAITING)).isTrue();
        assertThat(facts.isSubscribed(CAROL, NodeType.DEVICE_STATE)).isFalse();
    }

    @Test
    void aSiteWithoutASessionIsNamedOnceAndOnlyIfNoNodeHasOne() {
        Fact.OutcomeFact paris = outcome(EID, "paris", ALICE.toString());
        Fact.OutcomeFact noneInParis = outcome(EID, "paris", "");
        Fact.OutcomeFact noneInRome = outcome(EID, "rome", "");
        ClusterFacts facts = facts(
                List.of(noneInParis, noneInRome, outcome(OTHER_EID, "paris", BOB.toString())),
                List.of(paris, noneInRome));
        assertThat(facts.outcomes(EID))
                .containsExactly(
                        new ClusterFacts.EntryOutcome("b", paris.subscriber()),
                        new ClusterFacts.EntryOutcome("", noneInRome.subscriber()));
    }

    private static Fact.OutcomeFact outcome(Eid eid, String site, String session) {
        return new Fact.OutcomeFact(
                eid, new Entries.EntrySubscriber(site, session, Entries.Fate.DELIVERED, Decision.denied("an example")));
    }

    @Test
    void aDeviceThatIsOnlyAwaitedHasItsPublisherAsAFact() {
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", EID);
        host.service.restore(new Contents(
                List.of(),
                new Contents.PersistedEntries(List.of(), List.of(new Change.Device(key, ALICE.account()))),
                new Contents.PersistedSessions(List.of(), List.of()),
                null));
        host.service.sessionRegistry().setConnected(() -> List.of(ALICE));
        assertThat(collector.collect(PHONE)).containsExactly(new SessionFact(ALICE, false, Set.of()));
    }

    @Test
    void aServiceWithoutAClusterAnswersAtOnceByItself() {
        FactGatherer gatherer = new FactGatherer(host.service.administration());
        assertThat(gatherer.isCluster()).isFalse();
        List<String> names = new ArrayList<>();
        Step step = gatherer.gather(new FactQuestion.OfMetrics(), facts -> {
            facts.nodes().forEach(node -> names.add(node.node()));
            return Result.done("title", "text");
        });
        assertThat(step).isEqualTo(new Step.Done(Result.done("title", "text")));
        assertThat(names).containsExactly("");
    }

    private static ClusterFacts facts(List<Fact> ofA, List<Fact> ofB) {
        return new ClusterFacts(List.of(new NodeFacts("a", ofA), new NodeFacts("b", ofB)));
    }

    private List<Account> loads() {
        return collector.collect(new FactQuestion.OfServers()).stream()
                .filter(LoadFact.class::isInstance)
                .map(fact -> ((LoadFact) fact).account())
                .toList();
    }

    private List<Fact> sessionsAndAbsences() {
        return collector.collect(PHONE).stream()
                .filter(fact -> fact instanceof SessionFact || fact instanceof AbsenceFact)
                .toList();
    }
}
