// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.Operations;

/** Gathers the facts of all nodes for a command. Thread-safe; waits for no node. */
public final class FactGatherer {

    /** Makes the result of a command from the facts. */
    @FunctionalInterface
    public interface ResultMaker {

        Result make(ClusterFacts facts);
    }

    private final Operations operations;
    private final FactCollector collector;

    public FactGatherer(Operations operations) {
        this.operations = operations;
        this.collector = new FactCollector(operations);
    }

    /** Whether there is a cluster, so that a result names nodes. */
    public boolean isCluster() {
        return !operations.nodes().all().isEmpty();
    }

    /**
     * The step that ends a command with the facts of all nodes. Without a cluster that is a result at once. A service that is not serving
     * asks no other node.
     *
     * @param maker called once; in a cluster later, on another thread, with no lock held
     */
    public Step gather(FactQuestion question, ResultMaker maker) {
        List<ClusterNodes.ClusterNode> nodes = operations.nodes().all();
        if (nodes.isEmpty() || operations.outage().reason() != null) {
            String here = nodes.isEmpty() ? "" : nodes.get(0).name();
            return new Step.Done(maker.make(new ClusterFacts(List.of(factsHere(here, question)))));
        }
        String here = nodes.get(0).name();
        return new Step.Later(done -> operations.nodes().ask(question.text(), (answers, silent) -> {
            Result result = maker.make(joined(factsHere(here, question), answers));
            done.accept(silent.isEmpty() ? result : result.with(missing(silent)));
        }));
    }

    private ClusterFacts.NodeFacts factsHere(String node, FactQuestion question) {
        return new ClusterFacts.NodeFacts(node, collector.collect(question));
    }

    private ClusterFacts joined(ClusterFacts.NodeFacts here, Map<String, List<String>> answers) {
        List<ClusterFacts.NodeFacts> all = new ArrayList<>(List.of(here));
        answers.forEach((node, lines) -> all.add(new ClusterFacts.NodeFacts(node, read(node, lines))));
        return new ClusterFacts(all);
    }

    private List<Fact> read(String node, List<String> lines) {
        List<Fact> facts = new ArrayList<>();
        for (String line : lines) {
            try {
                Fact fact = FactText.read(line);
                if (fact != null) {
                    facts.add(fact);
                }
            } catch (IllegalArgumentException e) {
                operations.nodes().rejectAnswer(node);
            }
        }
        return facts;
    }

    /** The warning that these nodes have not answered. */
    public static Note missing(List<String> silent) {
        return Note.warn("No answer within 2 s from " + String.join(", ", silent)
                + ": its sessions and figures are missing here");
    }
}
