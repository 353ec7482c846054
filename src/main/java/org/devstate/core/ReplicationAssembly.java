// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.facts.FactCollector;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.servers.ServerSessions;
import org.devstate.core.admin.service.PolicyChanger;
import org.devstate.core.admin.service.PolicyListener;
import org.devstate.core.operatorlog.ClusterLogger;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterClock;
import org.devstate.core.replication.PolicyReplica;
import org.devstate.core.replication.ReplicatedState;
import org.devstate.core.replication.Replicator;
import org.devstate.core.replication.SnapshotHold;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;

/** The parts of a service that replicate its state to other nodes, if there is a cluster. */
final class ReplicationAssembly {

    /** The question for the signature of the policy. */
    private static final String POLICY = "policy";

    /** How long after a change other nodes are asked whether it counts: by then it has arrived there, and theirs count after it. */
    private static final long CONFIRM_MS = 200;

    private final Scheduler scheduler;
    final Replicator replicator;

    ReplicationAssembly(
            ClusterLink link,
            BaseAssembly base,
            EntryAssembly entries,
            SessionAssembly sessions,
            AdministrationAssembly administration) {
        this.scheduler = base.host.scheduler();
        PolicyChanger policyChanger = administration.policyChanger;
        PolicyReplica policy = new PolicyReplica(holder(policyChanger), base.host.clock(), entries.marker);
        policyChanger.onChange(listener(policy));
        this.replicator = new Replicator(
                link,
                new ClusterClock.Timing((ClusterClock) base.host.clock(), base.host.scheduler()),
                new ClusterLogger(base.operatorLog, base.counters),
                new ReplicatedState(
                        entries.stored,
                        sessions.leases,
                        sessions.gracePeriods,
                        sessions.bindings,
                        base.host.persister()),
                new ReplicatedState.ReplicationParts(
                        entries.marker,
                        entries.removals,
                        sessions.bindingReplica,
                        policy,
                        new SnapshotHold(entries.snapshots)));
        administration.showNodes(clusterNodes(link.self(), policy));
        FactCollector facts = new FactCollector(administration.operations());
        ServerSessions servers = new ServerSessions(administration.operations());
        replicator.setAnswerer(question -> {
            if (question.equals(POLICY)) {
                return policy.lines();
            }
            List<String> ended = servers.answer(question);
            return ended == null ? facts.answer(question) : ended;
        });
    }

    private ClusterNodes clusterNodes(String self, PolicyReplica policy) {
        return new ClusterNodes() {
            @Override
            public List<ClusterNode> all() {
                return nodes(self);
            }

            @Override
            public void ask(String question, AnswerListener listener) {
                replicator.ask(question, listener::answered);
            }

            @Override
            public void rejectAnswer(String node) {
                replicator.rejectAnswer(node);
            }

            @Override
            public void confirmPolicy(ConfirmationListener listener) {
                List<String> own = policy.lines();
                AnswerListener answered = (answers, silent) -> listener.confirmed(answers.entrySet().stream()
                        .filter(each -> PolicyReplica.overrules(each.getValue(), own))
                        .map(Map.Entry::getKey)
                        .toList());
                scheduler.schedule(() -> ask(POLICY, answered), CONFIRM_MS);
            }
        };
    }

    private List<ClusterNodes.ClusterNode> nodes(String self) {
        List<ClusterNodes.ClusterNode> nodes = new ArrayList<>();
        nodes.add(new ClusterNodes.ClusterNode(
                self, ClusterNodes.NodeState.THIS, replicator.startedAtMs(), true, ClusterNodes.Exchange.NONE));
        replicator
                .nodes()
                .forEach(node -> nodes.add(new ClusterNodes.ClusterNode(
                        node.name(),
                        node.isPresent() ? ClusterNodes.NodeState.PRESENT : ClusterNodes.NodeState.LOST,
                        node.sinceMs(),
                        node.isComplete(),
                        exchange(node.figures()))));
        return nodes;
    }

    private static ClusterNodes.Exchange exchange(Replicator.LinkFigures figures) {
        return new ClusterNodes.Exchange(
                figures.pending(), figures.lagMs(), figures.comparedAtMs(), figures.sameSinceMs());
    }

    private static PolicyListener listener(PolicyReplica policy) {
        return new PolicyListener() {
            @Override
            public String changed(String text) {
                policy.changed();
                return policy.numbered(text);
            }

            @Override
            public String numbered(String text) {
                return policy.numbered(text);
            }

            @Override
            public void restored(String text) {
                policy.restored(text);
            }
        };
    }

    private static PolicyReplica.PolicyHolder holder(PolicyChanger changer) {
        return new PolicyReplica.PolicyHolder() {
            @Override
            public Policy policy() {
                return changer.policy();
            }

            @Override
            public void adopt(Policy policy) {
                changer.adopt(policy);
            }

            @Override
            public void persistAgain() {
                changer.persistAgain();
            }
        };
    }
}
