// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.facts.FactQuestion;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.History;
import org.devstate.core.admin.operations.Operations;

/** {@code devstate-counters}: the counters of the service; in a cluster those of this node, and of all nodes together. */
public final class CountersCommand implements Command {

    /** Those whose sum over all nodes means nothing: each node has the whole table, and queues of its own. */
    private static final Set<String> WITHOUT_SUM = Set.of("entries", "deepest-queue");

    private final Operations operations;
    private final FactGatherer gatherer;

    public CountersCommand(Operations operations) {
        this.operations = operations;
        this.gatherer = new FactGatherer(operations);
    }

    @Override
    public String node() {
        return "devstate-counters";
    }

    @Override
    public String title() {
        return "Show counters";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return gatherer.gather(new FactQuestion.OfMetrics(), this::result);
    }

    private Result result(ClusterFacts facts) {
        Table.TableBuilder table = Table.of("counter").number("value");
        if (gatherer.isCluster()) {
            table.number("all-nodes");
        }
        table.text("meaning");
        for (History.Count count : operations.history().counts()) {
            List<Object> cells = new ArrayList<>(List.of(count.name(), count.value(), count.meaning()));
            if (gatherer.isCluster()) {
                cells.add(2, ofAll(facts, count.name()));
            }
            table.row(cells.toArray());
        }
        return Result.of("Counters", table.build());
    }

    /** The sum over all nodes, or the highest. */
    private static long ofAll(ClusterFacts facts, String counter) {
        LongStream values = facts.values(counter);
        return WITHOUT_SUM.contains(counter) ? values.max().orElse(0) : values.sum();
    }
}
