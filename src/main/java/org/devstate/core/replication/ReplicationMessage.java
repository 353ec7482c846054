// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from one node to another. One without a part only shows that its sender is alive.
 */
record ReplicationMessage(
        Sent sent,
        @Nullable Batch batch,
        @Nullable Acknowledgement acknowledgement,
        @Nullable TableDigest digest,
        @Nullable QueryPart query) {

    /**
     * The sending node, when it sent the message.
     *
     * @param run identifies the run of the sending node; higher after each restart
     * @param atMs by the clock of the sending node, in milliseconds since the epoch
     * @param joins how many times the receiving node has joined, as the sending node sees it: if only the sending node had lost the other one,
     *     it must be sent everything
     */
    record Sent(long run, long atMs, long joins) {}

    /**
     * Items, to be merged in their order. A node sends another one batch at a time.
     *
     * @param number rises by each batch of a run to one node; of a batch that comes late, nothing is merged
     */
    record Batch(long number, List<ReplicatedItem> items) {

        Batch {
            items = List.copyOf(items);
        }
    }

    /**
     * A batch was merged.
     *
     * @param run the run of the node that has sent the batch
     * @param number of the batch
     */
    record Acknowledgement(long run, long number) {}

    /** A question of an administrator to another node, or its answer. */
    sealed interface QueryPart {}

    /**
     * A question.
     *
     * @param number distinguishes the questions of a run
     */
    record NodeQuestion(long number, String text) implements QueryPart {}

    /**
     * The answer to a question.
     *
     * @param run the run of the node that has asked
     * @param number of the question
     * @param lines of the answer
     */
    record NodeAnswer(long run, long number, List<String> lines) implements QueryPart {

        NodeAnswer {
            lines = List.copyOf(lines);
        }
    }

    static ReplicationMessage alive(Sent sent) {
        return new ReplicationMessage(sent, null, null, null, null);
    }

    static ReplicationMessage of(Sent sent, Batch batch) {
        return new ReplicationMessage(sent, batch, null, null, null);
    }

    static ReplicationMessage of(Sent sent, Acknowledgement acknowledgement) {
        return new ReplicationMessage(sent, null, acknowledgement, null, null);
    }

    static ReplicationMessage of(Sent sent, TableDigest digest) {
        return new ReplicationMessage(sent, null, null, digest, null);
    }

    static ReplicationMessage of(Sent sent, QueryPart query) {
        return new ReplicationMessage(sent, null, null, null, query);
    }
}
