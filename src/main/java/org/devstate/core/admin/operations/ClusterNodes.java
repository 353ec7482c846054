// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import java.util.List;
import java.util.Map;

/** The nodes of the cluster, as this one knows them. Implementations are thread-safe. */
public interface ClusterNodes {

    /** No cluster. */
    ClusterNodes NONE = new ClusterNodes() {
        @Override
        public List<ClusterNode> all() {
            return List.of();
        }

        @Override
        public void ask(String question, AnswerListener listener) {
            listener.answered(Map.of(), List.of());
        }

        @Override
        public void rejectAnswer(String node) {}

        @Override
        public void confirmPolicy(ConfirmationListener listener) {
            listener.confirmed(List.of());
        }
    };

    /** Learns whether a change of the policy counts. */
    @FunctionalInterface
    interface ConfirmationListener {

        /**
         * Called once, with no lock held.
         *
         * @param overruling the nodes where the policy was changed at the same time, and whose change counts; none if that of this node does
         */
        void confirmed(List<String> overruling);
    }

    /** Takes the answers of other nodes. */
    @FunctionalInterface
    interface AnswerListener {

        /**
         * Called once, with no lock held.
         *
         * @param answers the lines of each answer, by the name of the node
         * @param silent the present nodes that have not answered in time
         */
        void answered(Map<String, List<String>> answers, List<String> silent);
    }

    /** How this node sees a node. */
    enum NodeState {
        /** It is this node. */
        THIS("this node"),
        /** Its messages arrive. */
        PRESENT("present"),
        /** No message has arrived for some seconds. */
        LOST("lost");

        private final String text;

        NodeState(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * A node.
     *
     * @param sinceMs since when it has been present, or lost, in milliseconds since the epoch; 0 if it was never present
     * @param isComplete whether this node has received its whole table
     * @param exchange what this node exchanges with it
     */
    record ClusterNode(String name, NodeState state, long sinceMs, boolean isComplete, Exchange exchange) {}

    /**
     * The exchange with another node.
     *
     * @param pending how many changes it has not acknowledged yet
     * @param lagMs how long the oldest of those has been pending, in milliseconds; 0 if there is none
     * @param comparedAtMs when the tables were compared last, in milliseconds since the epoch; 0 if never
     * @param sameSinceMs since when each comparison has found the same table, in milliseconds since the epoch; 0 if the last one did not
     */
    record Exchange(int pending, long lagMs, long comparedAtMs, long sameSinceMs) {

        /** That of a node with itself. */
        public static final Exchange NONE = new Exchange(0, 0, 0, 0);
    }

    /** This node first, the others by name; empty if there is no cluster. */
    List<ClusterNode> all();

    /** Asks all other nodes that are present. Returns at once; the answers come two seconds later at the latest. */
    void ask(String question, AnswerListener listener);

    /** A part of that node's answer is malformed and was ignored; counted, and logged once. */
    void rejectAnswer(String node);

    /**
     * Asks all other nodes that are present whether the policy that was changed here just now counts. Returns at once; the answers come
     * two seconds later at the latest.
     */
    void confirmPolicy(ConfirmationListener listener);
}
