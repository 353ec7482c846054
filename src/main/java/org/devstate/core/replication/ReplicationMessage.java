package org.devstate.core.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from one node to another. One without a part only shows that its sender is alive.
 */
record ReplicationMessage(
        Sent sent, @Nullable Batch batch, @Nullable Acknowledgement acknowledgement, @Nullable TableDigest digest) {

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

    static ReplicationMessage alive(Sent sent) {
        return new ReplicationMessage(sent, null, null, null);
    }

    static ReplicationMessage of(Sent sent, Batch batch) {
        return new ReplicationMessage(sent, batch, null, null);
    }

    static ReplicationMessage of(Sent sent, Acknowledgement acknowledgement) {
        return new ReplicationMessage(sent, null, acknowledgement, null);
    }

    static ReplicationMessage of(Sent sent, TableDigest digest) {
        return new ReplicationMessage(sent, null, null, digest);
    }
}
