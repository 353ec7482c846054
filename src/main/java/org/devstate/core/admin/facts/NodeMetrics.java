// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.util.stream.Stream;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.ClusterNodes.ClusterNode;
import org.devstate.core.admin.operations.ClusterNodes.NodeState;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;

/** The other nodes of the cluster, as figures of this one. Stateless. */
final class NodeMetrics {

    private static final MetricId PRESENT =
            Metric.gauge("node-present", "", "1 if a node is connected to another node of the cluster, else 0");
    private static final MetricId PENDING =
            Metric.gauge("node-pending", "", "Changes that another node of the cluster has not acknowledged");
    private static final MetricId LAG =
            Metric.gauge("node-lag", "ms", "How long the oldest of the changes for another node has been pending");

    private NodeMetrics() {}

    /** Those of all nodes but this one. */
    static Stream<Metric> of(ClusterNodes nodes) {
        return nodes.all().stream()
                .filter(node -> node.state() != NodeState.THIS)
                .flatMap(NodeMetrics::of);
    }

    private static Stream<Metric> of(ClusterNode node) {
        return Stream.of(
                PRESENT.ofOtherNode(node.name(), node.state() == NodeState.LOST ? 0 : 1),
                PENDING.ofOtherNode(node.name(), node.exchange().pending()),
                LAG.ofOtherNode(node.name(), node.exchange().lagMs()));
    }
}
