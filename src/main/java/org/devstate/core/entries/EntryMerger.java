// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.List;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.state.FinalValue;
import org.devstate.core.state.MergeListener;
import org.devstate.core.state.ReassertionListener;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Merges changes that other nodes of the cluster have accepted. Of each key the {@linkplain Entry#isNewerThan newest} entry counts, so the
 * order in which changes arrive does not matter, nor does a change that arrives twice. One exception: while a server is connected here,
 * what it has published in its session counts, and what is older than the session, or was decided elsewhere because it had gone, does not;
 * its entry is then given a later time, and so counts everywhere. Thread-safe.
 */
public final class EntryMerger {

    /** How much later, in milliseconds, a node may learn of a change of the policy, or of a subscription, at another one. */
    public static final long MOST_LAG_MS = LateEndings.MOST_LAG_MS;

    /**
     * A key that was removed.
     *
     * @param atMs when, in milliseconds since the epoch
     * @param last the last value of a device, and in whose name the entry ended
     */
    public record RecentRemoval(ItemKey key, long atMs, FinalValue last) {}

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final ActivePolicy activePolicy;
    private final EntryListener listener;
    private final EntryRemover remover;
    private final LateEndings lateEndings;
    private final MergeListener merge = new MergeListener() {
        @Override
        public void deviceChanged(Entry entry, boolean isNew) {
            record(entry, notification(entry));
            if (isNew) {
                lateEndings.deviceArrived(entry);
            }
        }

        @Override
        public void mailboxChanged(Entry entry, List<Entry> before, List<Entry> now) {
            if (now.get(0).equals(entry)) {
                record(entry, Notification.of(entry));
            } else {
                listener.changedElsewhere(entry, Notification.again(entry));
                remover.correctMailbox(before, now);
            }
            if (before.stream().noneMatch(known -> known.key().equals(entry.key()))) {
                lateEndings.mailboxArrived(entry, now);
            }
        }
    };

    private final ReassertionListener reassertion = new ReassertionListener() {
        @Override
        public void reasserted(Entry entry) {
            listener.reasserted(entry);
        }

        @Override
        public void mailboxMoved(List<Entry> before, List<Entry> now) {
            remover.correctMailbox(before, now);
        }
    };

    EntryMerger(
            StateTable table,
            Subscriptions subscriptions,
            ActivePolicy activePolicy,
            EntryRemover remover,
            LateEndings lateEndings) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.activePolicy = activePolicy;
        this.remover = remover;
        this.listener = remover.listener();
        this.lateEndings = lateEndings;
    }

    /**
     * An entry of another node.
     *
     * @param heldEpoch the epoch of the session here that publishes for the EID; 0 if there is none
     */
    public void merge(Entry replica, long heldEpoch) {
        boolean[] overruled = new boolean[1];
        table.merge(
                replica,
                known -> {
                    boolean isNewer = known == null || known.isAwaited() || replica.isNewerThan(known);
                    overruled[0] = isNewer && isOverruled(replica.epoch(), known, heldEpoch);
                    return isNewer
                            && !overruled[0]
                            && replica.changedAtMs() > (known == null ? listener.removedAtMs(replica.key()) : 0);
                },
                merge);
        if (overruled[0]) {
            table.reassert(replica.key(), replica.changedAtMs(), reassertion);
        }
    }

    /**
     * An entry was removed at another node.
     *
     * @param atMs when, in milliseconds since the epoch
     * @param epoch of the removed entry
     * @param last the last value of a device; {@code null} for the offline state of its site
     * @param heldEpoch as for {@link #merge}
     * @return whether it was removed here, or is not known here
     */
    public boolean remove(ItemKey key, long atMs, long epoch, @Nullable FinalValue last, long heldEpoch) {
        boolean[] stays = new boolean[1];
        boolean[] overruled = new boolean[1];
        if (last != null && atMs > listener.removedAtMs(key)) {
            lateEndings.removed(key, atMs, last, session -> true);
        }
        remover.removeElsewhere(
                key,
                entry -> {
                    boolean isNewer = entry.isAwaited() || atMs > entry.changedAtMs();
                    overruled[0] = isNewer && isOverruled(epoch, entry, heldEpoch);
                    stays[0] = !isNewer || overruled[0];
                    return !stays[0];
                },
                last);
        if (overruled[0]) {
            table.reassert(key, atMs, reassertion);
        }
        return !stays[0];
    }

    /**
     * A session is subscribed at another node. It may have received there what this node has ended already.
     *
     * @param removals what was removed within the last {@link #MOST_LAG_MS}
     */
    public void subscribedElsewhere(Jid session, NodeType node, List<RecentRemoval> removals) {
        lateEndings.subscribed(session, node);
        removals.forEach(removal -> lateEndings.removed(removal.key, removal.atMs, removal.last, session::equals));
    }

    /** A non-cachable value was published at another node. */
    public void deliverNonCachable(Notification notification) {
        table.deliverNonCachable(notification.key(), () -> {
            listener.publishedElsewhere(notification);
            subscriptions.offer(notification);
        });
    }

    /** Of a mailbox, what is from before a restart counts: it may be later than what this node knows. */
    private static boolean isOverruled(long epoch, @Nullable Entry known, long heldEpoch) {
        return heldEpoch > 0
                && known != null
                && known.epoch() == heldEpoch
                && epoch < heldEpoch
                && epoch != Entry.BY_HAND
                && (epoch != Entry.NO_LEASE || known.key().node() == NodeType.DEVICE_STATE);
    }

    private Notification notification(Entry entry) {
        if (entry.epoch() == Entry.NO_LEASE) {
            return Notification.offline(entry);
        }
        return EntryRecorder.isOfflineState(entry, activePolicy)
                ? Notification.publishedOffline(entry)
                : Notification.of(entry);
    }

    private void record(Entry entry, Notification notification) {
        listener.changedElsewhere(entry, notification);
        subscriptions.offer(notification);
    }
}
