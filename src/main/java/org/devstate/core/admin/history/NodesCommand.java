// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.Operations;

/** {@code devstate-nodes}: the nodes of the cluster. */
public final class NodesCommand implements Command {

    private final Operations operations;

    public NodesCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-nodes";
    }

    @Override
    public String title() {
        return "Show cluster nodes";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        Table.TableBuilder table = Table.of("node")
                .text("state")
                .time("since")
                .yesNo("table-received")
                .number("pending")
                .duration("lag-ms")
                .time("compared", "same-table-since");
        for (ClusterNodes.ClusterNode node : operations.nodes().all()) {
            ClusterNodes.Exchange exchange = node.exchange();
            table.row(
                    node.name(),
                    node.state().text(),
                    time(node.sinceMs()),
                    node.isComplete(),
                    exchange.pending(),
                    exchange.lagMs(),
                    time(exchange.comparedAtMs()),
                    time(exchange.sameSinceMs()));
        }
        return new Step.Done(Result.of("Cluster nodes, as this node knows them", table.build()));
    }

    private static String time(long ms) {
        return ms == 0 ? "" : Utc.format(ms);
    }
}
