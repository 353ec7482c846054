// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.sessions.Absences;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.RejectionHistory;
import org.jspecify.annotations.Nullable;

/** Collects the facts that this node knows. Thread-safe. */
public final class FactCollector {

    private final Operations operations;

    public FactCollector(Operations operations) {
        this.operations = operations;
    }

    /**
     * The facts for another node, a line each; {@code null} if the question is of a later version.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public @Nullable List<String> answer(String question) {
        FactQuestion parsed = FactQuestion.parse(question);
        return parsed == null
                ? null
                : collect(parsed).stream().map(FactText::write).toList();
    }

    List<Fact> collect(FactQuestion question) {
        if (question instanceof FactQuestion.OfItem item) {
            return ofItem(item);
        }
        return question instanceof FactQuestion.OfMetrics ? ofMetrics() : ofServers();
    }

    private List<Fact> ofServers() {
        List<Fact> facts = new ArrayList<>();
        for (Servers.Server server : operations.servers().all()) {
            Load load = server.load();
            addGrace(server, facts);
            if (load.online() > 0 || load.unsubscribed() > 0 || load.traffic().publishRate() > 0) {
                facts.add(new Fact.LoadFact(
                        server.account(), new Load(load.online(), load.unsubscribed(), 0, load.traffic())));
            }
        }
        return facts;
    }

    private List<Fact> ofMetrics() {
        return Stream.concat(operations.history().metrics().stream(), NodeMetrics.of(operations.nodes()))
                .<Fact>map(Fact.MetricFact::new)
                .toList();
    }

    /** The grace period of a server that is not connected here; it may be connected to another node. */
    private void addGrace(Servers.Server server, List<Fact> facts) {
        Absences.Absence absence = operations.servers().absence(server.account());
        if (absence != null
                && server.load().online() + server.load().unsubscribed() == 0
                && absence.graceUntilMs() > operations.entries().nowMs()) {
            facts.add(new Fact.AbsenceFact(server.account(), absence.sinceMs(), absence.graceUntilMs()));
        }
    }

    private List<Fact> ofItem(FactQuestion.OfItem item) {
        List<Fact> facts = new ArrayList<>();
        Entries entries = operations.entries();
        List<Entries.Known> all = entries.of(item.node(), item.id());
        Set<Account> accounts = new LinkedHashSet<>();
        if (item.server() != null) {
            accounts.add(item.server());
        }
        for (Entries.Known known : all) {
            accounts.add(known.entry().publisher().account());
            entries.subscribers(known.entry())
                    .forEach(to ->
                            facts.add(new Fact.OutcomeFact(known.entry().key().eid(), to)));
        }
        if (all.isEmpty() && item.node() == NodeType.DEVICE_STATE) {
            entries.awaited(item.id())
                    .forEach(entry -> accounts.add(entry.publisher().account()));
            entries.nonCachable(item.id()).forEach(state -> facts.add(new Fact.NonCachableFact(state)));
        }
        entries.overrides(item.node(), item.id()).forEach(override -> facts.add(new Fact.OverrideFact(override)));
        for (RejectionHistory.Rejection rejection : operations.history().rejections()) {
            if (rejection.item().node() == item.node() && rejection.item().id().equals(item.id())) {
                facts.add(new Fact.RejectionFact(rejection));
            }
        }
        accounts.forEach(account -> addSessions(account, facts));
        return facts;
    }

    private void addSessions(Account account, List<Fact> facts) {
        AccountSessions sessions = operations.servers().sessions(account);
        sessions.subscribed().forEach(session -> facts.add(new Fact.SessionFact(session, true, nodes(session))));
        sessions.unsubscribed().forEach(session -> facts.add(new Fact.SessionFact(session, false, nodes(session))));
        if (sessions.goneSinceMs() > 0 || sessions.graceUntilMs() > 0) {
            facts.add(new Fact.AbsenceFact(account, sessions.goneSinceMs(), sessions.graceUntilMs()));
        }
    }

    private Set<NodeType> nodes(Jid session) {
        Set<NodeType> nodes = EnumSet.noneOf(NodeType.class);
        for (NodeType node : NodeType.values()) {
            if (operations.servers().isSubscribed(session, node)) {
                nodes.add(node);
            }
        }
        return nodes;
    }
}
