package org.devstate.core;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.facts.FactCollector;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.service.PolicyChanger;
import org.devstate.core.admin.service.PolicyListener;
import org.devstate.core.operatorlog.ClusterLogger;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterClock;
import org.devstate.core.replication.PolicyReplica;
import org.devstate.core.replication.ReplicatedState;
import org.devstate.core.replication.Replicator;
import org.devstate.core.spi.ClusterLink;

/** The parts of a service that replicate its state to other nodes, if there is a cluster. */
final class ReplicationAssembly {

    final Replicator replicator;

    ReplicationAssembly(
            ClusterLink link,
            BaseAssembly base,
            EntryAssembly entries,
            SessionAssembly sessions,
            AdministrationAssembly administration) {
        PolicyChanger policyChanger = administration.policyChanger;
        PolicyReplica policy = new PolicyReplica(holder(policyChanger), base.host.clock(), entries.marker);
        policyChanger.onChange(listener(policy));
        this.replicator = new Replicator(
                link,
                new ClusterClock.Timing((ClusterClock) base.host.clock(), base.host.scheduler()),
                new ClusterLogger(base.operatorLog),
                new ReplicatedState(
                        entries.stored,
                        sessions.leases,
                        sessions.gracePeriods,
                        sessions.bindings,
                        base.host.persister()),
                new ReplicatedState.ReplicationParts(
                        entries.marker, entries.removals, sessions.bindingReplica, policy));
        administration.showNodes(clusterNodes(link.self()));
        replicator.setAnswerer(new FactCollector(administration.operations())::answer);
    }

    private ClusterNodes clusterNodes(String self) {
        return new ClusterNodes() {
            @Override
            public List<ClusterNode> all() {
                return nodes(self);
            }

            @Override
            public void ask(String question, AnswerListener listener) {
                replicator.ask(question, listener::answered);
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
            public void changed() {
                policy.changed();
            }

            @Override
            public void restored() {
                policy.restored();
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
