// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.devstate.core.stats.RejectionHistory;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all nodes, joined.
 *
 * @param nodes first this node, whose name is empty if there is no cluster, then the others
 */
public record ClusterFacts(List<NodeFacts> nodes) {

    /** The facts of one node. */
    public record NodeFacts(String node, List<Fact> facts) {

        public NodeFacts {
            facts = List.copyOf(facts);
        }

        /** Its figures. */
        public List<Metric> metrics() {
            return of(Fact.MetricFact.class).map(Fact.MetricFact::metric).toList();
        }

        private <T extends Fact> Stream<T> of(Class<T> kind) {
            return facts.stream().filter(kind::isInstance).map(kind::cast);
        }

        private boolean has(Account account) {
            return of(Fact.SessionFact.class)
                            .anyMatch(fact -> fact.session().account().equals(account))
                    || of(Fact.LoadFact.class)
                            .anyMatch(fact -> fact.account().equals(account)
                                    && fact.load().online() + fact.load().unsubscribed() > 0);
        }
    }

    /**
     * The outcome of an entry.
     *
     * @param node where the session is connected; empty for a site, and if there is no cluster
     */
    public record EntryOutcome(String node, Entries.EntrySubscriber subscriber) {}

    public ClusterFacts {
        nodes = List.copyOf(nodes);
    }

    private <T extends Fact> Stream<T> of(Class<T> kind) {
        return nodes.stream().flatMap(node -> node.of(kind));
    }

    /** The names of the nodes where the account has a session, with a comma between two; empty if there is none, or no cluster. */
    public String nodesOf(Account account) {
        return nodes.stream()
                .filter(node -> node.has(account))
                .map(NodeFacts::node)
                .collect(Collectors.joining(", "));
    }

    /** The accounts with sessions. */
    public Set<Account> accounts() {
        return of(Fact.LoadFact.class).map(Fact.LoadFact::account).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sessions and the traffic of an account at all nodes. */
    public Load load(Account account) {
        return Load.sum(of(Fact.LoadFact.class)
                .filter(fact -> fact.account().equals(account))
                .map(Fact.LoadFact::load)
                .toList());
    }

    /** When the grace period of an account is over, in milliseconds since the epoch; 0 if it has none. It may be connected to another node. */
    public long graceUntilMs(Account account) {
        return of(Fact.AbsenceFact.class)
                .filter(fact -> fact.account().equals(account))
                .mapToLong(Fact.AbsenceFact::graceUntilMs)
                .max()
                .orElse(0);
    }

    /** The sessions of an account at all nodes, and since when it has been gone from all. */
    public AccountSessions sessions(Account account) {
        List<Fact.SessionFact> sessions = of(Fact.SessionFact.class)
                .filter(fact -> fact.session().account().equals(account))
                .toList();
        List<Fact.AbsenceFact> absences = of(Fact.AbsenceFact.class)
                .filter(fact -> fact.account().equals(account) && sessions.isEmpty())
                .toList();
        return new AccountSessions(
                sessions.stream()
                        .filter(Fact.SessionFact::isSubscribed)
                        .map(Fact.SessionFact::session)
                        .toList(),
                sessions.stream()
                        .filter(fact -> !fact.isSubscribed())
                        .map(Fact.SessionFact::session)
                        .toList(),
                absences.stream().mapToLong(Fact.AbsenceFact::sinceMs).max().orElse(0),
                absences.stream()
                        .mapToLong(Fact.AbsenceFact::graceUntilMs)
                        .max()
                        .orElse(0));
    }

    /** The values of a figure of the whole service, one for each node that has it. */
    public LongStream values(String name) {
        return of(Fact.MetricFact.class)
                .map(Fact.MetricFact::metric)
                .filter(metric -> metric.id().name().equals(name))
                .mapToLong(metric -> new BigDecimal(metric.value()).longValue());
    }

    /** Whether a session is subscribed to {@code node}. */
    public boolean isSubscribed(Jid session, NodeType node) {
        return of(Fact.SessionFact.class)
                .anyMatch(fact -> fact.session().equals(session) && fact.nodes().contains(node));
    }

    /** The outcome of the entry of that EID: one for each session, or each site without any, in the order of the policy. */
    public List<EntryOutcome> outcomes(Eid eid) {
        List<EntryOutcome> all = new ArrayList<>();
        for (NodeFacts node : nodes) {
            node.of(Fact.OutcomeFact.class)
                    .filter(fact -> fact.eid().equals(eid))
                    .forEach(fact -> all.add(new EntryOutcome(
                            fact.subscriber().session().isEmpty() ? "" : node.node(), fact.subscriber())));
        }
        Set<String> sites = all.stream()
                .map(outcome -> outcome.subscriber().site())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return sites.stream()
                .flatMap(site -> ofSite(all.stream()
                        .filter(outcome -> outcome.subscriber().site().equals(site))
                        .toList()))
                .toList();
    }

    /** A site without a session at one node may have some at another; without any, all nodes know the same of it. */
    private static Stream<EntryOutcome> ofSite(List<EntryOutcome> outcomes) {
        List<EntryOutcome> sessions = outcomes.stream()
                .filter(outcome -> !outcome.subscriber().session().isEmpty())
                .toList();
        return sessions.isEmpty() ? outcomes.stream().limit(1) : sessions.stream();
    }

    /** The rejected publishes of the item, the oldest first. */
    public List<RejectionHistory.Rejection> rejections() {
        return of(Fact.RejectionFact.class)
                .map(Fact.RejectionFact::rejection)
                .sorted(Comparator.comparingLong(RejectionHistory.Rejection::atMs))
                .toList();
    }

    /** How an entry was set by hand; {@code null} if it was not, or if the node where that was done has been restarted. */
    public @Nullable EntryOverride override(Entry entry) {
        return of(Fact.OverrideFact.class)
                .map(Fact.OverrideFact::override)
                .filter(override ->
                        override.key().equals(entry.key()) && override.value().equals(entry.value()))
                .max(Comparator.comparingLong(EntryOverride::atMs))
                .orElse(null);
    }

    /** The states of the device that were not stored, the newest last. */
    public List<NonCachableStates.NonCachableState> nonCachable() {
        return of(Fact.NonCachableFact.class)
                .map(Fact.NonCachableFact::state)
                .sorted(Comparator.comparingLong(NonCachableStates.NonCachableState::atMs))
                .toList();
    }
}
