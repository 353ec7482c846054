// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.facts.FactQuestion;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;

/**
 * {@code devstate-metrics}: all figures of the service and of each site, for a program that collects them; in a cluster those of each
 * node, also about each other node. Counters, buckets, sums and counts are since the start of the service at that node; buckets are
 * cumulative. Names are stable.
 */
public final class MetricsCommand implements Command {

    private final FactGatherer gatherer;

    public MetricsCommand(Operations operations) {
        this.gatherer = new FactGatherer(operations);
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
        return gatherer.gather(new FactQuestion.OfMetrics(), MetricsCommand::result);
    }

    private static Result result(ClusterFacts facts) {
        Table.TableBuilder table = Table.of("name", "kind", "unit", "site", "node", "other-node", "le")
                .number("value")
                .text("meaning");
        for (ClusterFacts.NodeFacts node : facts.nodes()) {
            for (Metric metric : node.metrics()) {
                MetricId id = metric.id();
                table.row(
                        id.name(),
                        id.kind().word(),
                        id.unit(),
                        metric.site(),
                        node.node(),
                        metric.otherNode(),
                        metric.le(),
                        metric.value(),
                        id.meaning());
            }
        }
        return Result.of("Figures", table.build());
    }
}
