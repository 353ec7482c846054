package org.devstate.core.admin.history;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.ClusterNodes.NodeState;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;

/**
 * {@code devstate-metrics}: all figures of the service, of each site and of each other node of the cluster, for a program that collects
 * them. Counters, buckets, sums and counts are since the start of the service; buckets are cumulative. Names are stable.
 */
public final class MetricsCommand implements Command {

    private static final MetricId PRESENT =
            Metric.gauge("node-present", "", "1 if this node is connected to another node of the cluster, else 0");
    private static final MetricId PENDING =
            Metric.gauge("node-pending", "", "Changes that another node of the cluster has not acknowledged");
    private static final MetricId LAG =
            Metric.gauge("node-lag", "ms", "How long the oldest of the changes for another node has been pending");

    private final Operations operations;

    public MetricsCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-metrics";
    }

    @Override
    public String title() {
        return "Show all figures for programs";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        List<Metric> all = new ArrayList<>(operations.history().metrics());
        operations.nodes().all().stream()
                .filter(node -> node.state() != NodeState.THIS)
                .forEach(node -> addNode(all, node));
        Table.TableBuilder table = Table.of("name", "kind", "unit", "site", "node", "le")
                .number("value")
                .text("meaning");
        for (Metric metric : all) {
            MetricId id = metric.id();
            table.row(
                    id.name(),
                    id.kind().word(),
                    id.unit(),
                    metric.site(),
                    metric.node(),
                    metric.le(),
                    metric.value(),
                    id.meaning());
        }
        return new Step.Done(Result.of("Figures", table.build()));
    }

    private static void addNode(List<Metric> all, ClusterNodes.ClusterNode node) {
        all.add(PRESENT.ofNode(node.name(), node.state() == NodeState.LOST ? 0 : 1));
        all.add(PENDING.ofNode(node.name(), node.exchange().pending()));
        all.add(LAG.ofNode(node.name(), node.exchange().lagMs()));
    }
}
