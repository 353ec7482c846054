// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.devstate.core.entries.EntryMerger;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.FinalValue;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were removed, and when, so that an older entry of another node does not bring them back. The {@value #MOST} keys that were
 * removed last are remembered. Thread-safe.
 */
public final class Removals {

    /** The most keys that are remembered. */
    static final int MOST = 100_000;

    /**
     * @param lastEpoch that of the session that published it last
     * @param isHere whether it was removed at this node
     */
    private record Removal(long atMs, long epoch, long lastEpoch, @Nullable FinalValue last, boolean isHere) {}

    private final Map<ItemKey, Removal> removals = new LinkedHashMap<>();
    private final Clock clock;
    private long newestAtMs;

    public Removals(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Entry last) {
        // If a session answered for it, it was removed on purpose, and not because its server had gone.
        long epoch = last.epoch() > 0 ? Entry.BY_HAND : last.epoch();
        long atMs = Math.max(clock.wallMs(), last.changedAtMs() + 1);
        FinalValue empty = isMailbox(last.key()) ? emptyMailbox(last) : null;
        put(last.key(), new Removal(atMs, epoch, last.epoch(), empty, true));
    }

    private static boolean isMailbox(ItemKey key) {
        return key.node() == NodeType.MESSAGE_WAITING;
    }

    private static FinalValue emptyMailbox(Entry last) {
        return new FinalValue(MailboxCounts.NONE, last.publisher().account().jid());
    }

    synchronized void addElsewhere(ReplicatedItem.RemovedEntry removed) {
        if (removed.atMs() > atMs(removed.key())) {
            put(removed.key(), new Removal(removed.atMs(), removed.epoch(), removed.epoch(), removed.last(), false));
        }
    }

    private void put(ItemKey key, Removal removal) {
        removals.remove(key);
        removals.put(key, removal);
        newestAtMs = Math.max(newestAtMs, removal.atMs);
        if (removals.size() > MOST) {
            removals.remove(removals.keySet().iterator().next());
        }
    }

    /** Subscribers were notified of the end of a removed device. */
    synchronized void ended(Notification notification) {
        Removal removal = removals.get(notification.key());
        if (removal != null && removal.isHere && !isMailbox(notification.key())) {
            FinalValue last = new FinalValue(notification.value(), notification.publisher());
            // A session's own withdrawal is over when the server logs in elsewhere, even if the clock there is behind.
            boolean isWithdrawn = !notification.publisher().resource().isEmpty();
            long epoch = isWithdrawn ? removal.lastEpoch : removal.epoch;
            removals.put(notification.key(), new Removal(removal.atMs, epoch, removal.lastEpoch, last, true));
        }
    }

    synchronized void forget(ItemKey key) {
        removals.remove(key);
    }

    /** When {@code key} was removed; 0 if that is not known. */
    synchronized long atMs(ItemKey key) {
        Removal removal = removals.get(key);
        return removal == null ? 0 : removal.atMs;
    }

    /** The removal of {@code key}, for another node; {@code null} if none is known. */
    synchronized ReplicatedItem.@Nullable RemovedEntry of(ItemKey key) {
        Removal removal = removals.get(key);
        return removal == null ? null : new ReplicatedItem.RemovedEntry(key, removal.atMs, removal.epoch, removal.last);
    }

    /** The removals of the last {@link EntryMerger#MOST_LAG_MS} after which subscribers had to be notified. */
    synchronized List<EntryMerger.RecentRemoval> recent(NodeType node) {
        long sinceMs = clock.wallMs() - EntryMerger.MOST_LAG_MS;
        List<EntryMerger.RecentRemoval> recent = new ArrayList<>();
        if (newestAtMs > sinceMs) {
            removals.forEach((key, removal) -> {
                if (key.node() == node && removal.atMs > sinceMs && removal.last != null) {
                    recent.add(new EntryMerger.RecentRemoval(key, removal.atMs, removal.last));
                }
            });
        }
        return recent;
    }

    synchronized void forEach(Consumer<ItemKey> action) {
        removals.keySet().forEach(action);
    }
}
