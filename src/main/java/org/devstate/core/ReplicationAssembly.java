package org.devstate.core;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.service.PolicyChanger;
import org.devstate.core.admin.service.PolicyListener;
import org.devstate.core.operatorlog.ClusterLogger;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterClock;
import org.devstate.core.replication.PolicyReplica;
import org.devstate.core.replication.ReplicatedState;
import org.devstate.core.replication.ReplicationParts;
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
                new Replicator.Timing((ClusterClock) base.host.clock(), base.host.scheduler()),
                new ClusterLogger(base.operatorLog),
                new ReplicatedState(
                        entries.stored,
                        sessions.leases,
                        sessions.gracePeriods,
                        sessions.bindings,
                        base.host.persister()),
                new ReplicationParts(entries.marker, entries.removals, sessions.bindingReplica, policy));
        administration.showNodes(() -> nodes(link.self()));
    }

    private List<ClusterNodes.ClusterNode> nodes(String self) {
        List<ClusterNodes.ClusterNode> nodes = new ArrayList<>();
        nodes.add(new ClusterNodes.ClusterNode(self, ClusterNodes.NodeState.THIS, replicator.startedAtMs(), true, 0));
        replicator
                .nodes()
                .forEach(node -> nodes.add(new ClusterNodes.ClusterNode(
                        node.name(),
                        node.isPresent() ? ClusterNodes.NodeState.PRESENT : ClusterNodes.NodeState.LOST,
                        node.sinceMs(),
                        node.isComplete(),
                        node.pending())));
        return nodes;
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
