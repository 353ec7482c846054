// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.delivery.Snapshot;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.state.Mailboxes;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Sends snapshots of the table, which subscribers read part by part. They can be held back while the table is not complete. Thread-safe;
 * each snapshot is read by one thread at a time.
 */
public final class SnapshotSource {

    private record HeldSnapshot(Jid session, NodeType node) {}

    private final StoredEntries entries;
    private final Counters counters;

    /** Those that start with the release; {@code null} if none are held back. */
    private @Nullable Set<HeldSnapshot> held;

    public SnapshotSource(StoredEntries entries, Counters counters) {
        this.entries = entries;
        this.counters = counters;
    }

    /**
     * Starts to send {@code session}, which is subscribed to {@code node}, all entries of it that it may receive. While snapshots are held
     * back, it starts when they are released.
     */
    public void start(Jid session, NodeType node) {
        HeldSnapshot snapshot = new HeldSnapshot(session, node);
        synchronized (this) {
            if (held != null) {
                held.add(snapshot);
                return;
            }
        }
        start(snapshot);
    }

    private void start(HeldSnapshot snapshot) {
        entries.recorder().startSnapshot(snapshot.session, snapshot.node, () -> of(snapshot.node));
    }

    /** Holds back every snapshot that starts from now on, until {@link #release}. Changes are sent meanwhile. */
    public synchronized void hold() {
        held = held == null ? new LinkedHashSet<>() : held;
    }

    /** Starts the snapshots that are held back, and holds back none from now on. Never called with a lock held. */
    public void release() {
        Set<HeldSnapshot> released;
        synchronized (this) {
            released = held == null ? Set.of() : held;
            held = null;
        }
        entries.recorder().completed();
        released.forEach(this::start);
    }

    /** Sends each subscriber of each node a snapshot once more; none of them is held back. */
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
            if (recipient.knows(Notification.again(entry))) {
                if (entry.version() <= changesBefore) {
                    offer(entry, recipient);
                }
                return;
            }
        }
    }

    private void offer(Entry entry, Snapshot.Recipient recipient) {
        if (recipient.offer(Notification.again(entry))) {
            counters.count(Counter.SNAPSHOT_ENTRIES);
        }
    }
}
