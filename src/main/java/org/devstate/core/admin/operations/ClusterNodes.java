package org.devstate.core.admin.operations;

import java.util.List;

/** The nodes of the cluster, as this one knows them. Implementations are thread-safe. */
@FunctionalInterface
public interface ClusterNodes {

    /** No cluster. */
    ClusterNodes NONE = List::of;

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
     * @param pending how many changes it has still to be sent
     */
    record ClusterNode(String name, NodeState state, long sinceMs, boolean isComplete, int pending) {}

    /** This node first, the others by name; empty if there is no cluster. */
    List<ClusterNode> all();
}
