package org.devstate.core.entries;

import java.util.List;
import org.devstate.core.delivery.Snapshot;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.state.Mailboxes;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;

/** Sends snapshots of the table, which subscribers read part by part. Thread-safe; each snapshot is read by one thread at a time. */
public record SnapshotSource(StoredEntries entries, Counters counters) {

    /** Starts to send {@code session}, which is subscribed to {@code node}, all entries of it that it may receive. */
    public void start(Jid session, NodeType node) {
        entries.recorder().startSnapshot(session, node, () -> of(node));
    }

    /** As {@link #start}, for all subscribers of each node. */
    public void startAll() {
        for (NodeType node : NodeType.values()) {
            entries.recorder().startSnapshots(node, () -> of(node));
        }
    }

    /** A snapshot of {@code node}, for a subscriber that receives all changes from now on. */
    private Snapshot of(NodeType node) {
        counters.count(Counter.SNAPSHOTS);
        if (node == NodeType.MESSAGE_WAITING) {
            Mailboxes.MailboxWalk walk = entries.table().mailboxes().walk();
            return recipient -> walk.next((entries, changesBefore) -> offerNewest(entries, changesBefore, recipient));
        }
        StateTable.DeviceWalk walk = entries.table().walk();
        return recipient -> walk.next(entry -> offer(entry, recipient));
    }

    /** Of a mailbox, the newest entry that the subscriber may receive; not even that if it changed since the walk began. */
    private void offerNewest(List<Entry> entries, long changesBefore, Snapshot.Recipient recipient) {
        for (Entry entry : entries) {
            if (recipient.knows(Notification.of(entry))) {
                if (entry.version() <= changesBefore) {
                    offer(entry, recipient);
                }
                return;
            }
        }
    }

    private void offer(Entry entry, Snapshot.Recipient recipient) {
        if (recipient.offer(Notification.of(entry))) {
            counters.count(Counter.SNAPSHOT_ENTRIES);
        }
    }
}
