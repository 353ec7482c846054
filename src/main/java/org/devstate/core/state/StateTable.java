// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * The entries. Thread-safe: keys are spread over segments, each with a lock of its own. Those of mailboxes are in {@link Mailboxes},
 * which holds them in the order of their changes.
 *
 * <p>Every action on an entry runs under its segment's lock, so that two changes of one key, or a change and a walk over the table,
 * reach the outboxes in the order in which they happened. {@link org.devstate.core.entries.EntryRecorder} lists the calls that are
 * allowed in such an action.
 */
public final class StateTable {

    private static final int SEGMENT_BITS = 6;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;

    /** The outcome of a publish in the table. */
    public enum StoreOutcome {
        /** It was stored, and is a change. */
        CHANGED,
        /** It was known. */
        REPEATED,
        /** It is about a key that is new, or another account's, for which its publisher has no room left; nothing was changed. */
        FULL
    }

    private final DeviceSegment[] segments = new DeviceSegment[SEGMENTS];
    private final RoomMaker roomMaker;
    private final Quota quota;
    private final Mailboxes mailboxes;
    private final EidCounts eids = new EidCounts();

    /** @param quota how many keys each account may have here */
    public StateTable(Quota quota) {
        this(quota, TableListener.NONE);
    }

    /** @param listener sees which entries there are */
    public StateTable(Quota quota, TableListener listener) {
        this.quota = quota;
        EntryQuota entryQuota = new EntryQuota(quota);
        this.mailboxes = new Mailboxes(entryQuota, listener);
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new DeviceSegment(entryQuota, eids, listener);
        }
        this.roomMaker = new RoomMaker(segments);
    }

    /** The entries of mailboxes. */
    public Mailboxes mailboxes() {
        return mailboxes;
    }

    /**
     * Stores the last value of a key.
     *
     * @param onChange takes the new entry, under the lock, if it differs from the last notification
     * @return the outcome; a repetition changes nothing but the session that holds the lease
     */
    public StoreOutcome put(Publication publication, Consumer<Entry> onChange) {
        return publication.key().node() == NodeType.MESSAGE_WAITING
                ? mailboxes.put(publication, onChange)
                : segmentOf(publication.key()).put(publication, onChange);
    }

    /** The entry of {@code key}, also if it is only awaited; {@code null} if there is none. */
    public @Nullable Entry get(ItemKey key) {
        return key.node() == NodeType.MESSAGE_WAITING
                ? mailboxes.get(key)
                : segmentOf(key).get(key);
    }

    /** Gives {@code action} the entry of a device, or {@code null} if there is none, under its lock. */
    public void read(ItemKey key, Consumer<@Nullable Entry> action) {
        segmentOf(key).read(key, action);
    }

    /** The entries of a device, of each EID that published it, also those that are only awaited. Looks at no other device. */
    public List<Entry> devicesOf(String id) {
        List<Entry> devices = new ArrayList<>();
        for (Eid eid : eids.eids()) {
            Entry entry = get(new ItemKey(NodeType.DEVICE_STATE, id, eid));
            if (entry != null) {
                devices.add(entry);
            }
        }
        return devices;
    }

    /**
     * Restores {@code entry} from before a restart, over the limit or not, unless there is a newer one. Entries of one mailbox must be
     * given in their order, the oldest first.
     */
    public void restore(Entry entry) {
        if (entry.key().node() == NodeType.MESSAGE_WAITING) {
            mailboxes.restore(entry);
        } else {
            segmentOf(entry.key()).restore(entry);
        }
    }

    /**
     * Runs {@code action}, which delivers a value of {@code key} that is not to be stored, with the lock that changes of the key take,
     * so that it falls in line with them. The state of the device is unknown from then on: if one is stored, or was before a restart,
     * it ends.
     *
     * @param offlineValue the value that is stored in its place
     * @param onEnd takes the new entry, under the lock, after {@code action} has run; not if it was stored already. The next {@link
     *     #put} is a change then even if it repeats it
     */
    public void endByNonCachable(ItemKey key, Value offlineValue, long nowMs, Runnable action, Consumer<Entry> onEnd) {
        if (segmentOf(key).endByNonCachable(key, offlineValue, nowMs, action, onEnd)) {
            roomMaker.replaced();
        }
    }

    /**
     * Stores an entry of another node of the cluster, over the limit or not, under its version here.
     *
     * @param isTaken whether it is stored in the place of the known one, if there is one; asked under the lock
     * @param merge takes the change, under the lock, if the last notification had another value
     */
    public void merge(Entry replica, Predicate<@Nullable Entry> isTaken, MergeListener merge) {
        if (replica.key().node() == NodeType.MESSAGE_WAITING) {
            mailboxes.merge(replica, isTaken, merge);
        } else {
            segmentOf(replica.key()).merge(replica, isTaken, merge);
        }
    }

    /**
     * Gives the known entry of {@code key} a time after {@code afterMs}, so that it counts at all nodes again.
     *
     * @param action takes the entry, under the lock, if there is one whose time was not later already
     */
    public void reassert(ItemKey key, long afterMs, ReassertionListener action) {
        if (key.node() == NodeType.MESSAGE_WAITING) {
            mailboxes.reassert(key, afterMs, action);
        } else {
            segmentOf(key).reassert(key, afterMs, action);
        }
    }

    /** Runs {@code action}, which delivers a non-cachable value of another node, in line with the changes of {@code key}. */
    public void deliverNonCachable(ItemKey key, Runnable action) {
        segmentOf(key).deliverNonCachable(key, action);
    }

    /** As {@link #forget(ItemKey, Function, long, Consumer)}, of a device that another node of the cluster has removed. */
    public void forgetElsewhere(
            ItemKey key, Predicate<Entry> which, Function<Entry, FinalValue> finalValue, Consumer<Entry> onChange) {
        segmentOf(key).forgetElsewhere(key, which, finalValue, onChange);
    }

    /**
     * Gives another value to every device entry that matches {@code stale}, as if its session had published it. No session holds the
     * lease of those from now on.
     *
     * @param onChange takes each new entry that differs from the one before, under its lock
     */
    public void replaceIf(Predicate<Entry> stale, Value value, long nowMs, Consumer<Entry> onChange) {
        for (DeviceSegment segment : segments) {
            segment.replaceIf(stale, value, nowMs, onChange);
        }
        roomMaker.replaced();
    }

    /**
     * Removes device entries of an account, to make room for new ones. First those that no session has the lease of: subscribers keep
     * their last notification, which is the offline state. If there is none, some of those that are awaited: subscribers are notified
     * of their end.
     *
     * @param offlineValue the last value of an awaited one
     * @param onForget takes each that no session has the lease of, under its lock
     * @param onChange takes each that was awaited, with its last value, under its lock
     * @return whether there were any
     */
    public boolean makeRoom(
            Jid publisher, Value offlineValue, long nowMs, Consumer<Entry> onForget, Consumer<Entry> onChange) {
        return roomMaker.makeRoom(publisher, offlineValue, nowMs, onForget, onChange);
    }

    /**
     * Removes awaited entries, without a notification.
     *
     * @param which matches those to remove
     * @return how many that were
     */
    public int dropAwaited(Predicate<Entry> which) {
        return Stream.of(segments)
                .mapToInt(segment -> segment.dropAwaited(which))
                .sum();
    }

    /**
     * Removes device entries; for those of mailboxes, see {@link Mailboxes#forget}.
     *
     * @param which matches those to remove
     * @param offlineValue the last value of each of them
     * @param onChange takes the last value of each of them, under the lock, if the last notification had another
     * @return how many were removed
     */
    public int forget(
            Predicate<Entry> which, Function<Entry, FinalValue> offlineValue, long nowMs, Consumer<Entry> onChange) {
        return Stream.of(segments)
                .mapToInt(segment -> segment.forget(which, offlineValue, nowMs, onChange))
                .sum();
    }

    /** As {@link #forget(Predicate, Function, long, Consumer)}, of one device; looks at no other. */
    public void forget(ItemKey key, Function<Entry, FinalValue> offlineValue, long nowMs, Consumer<Entry> onChange) {
        segmentOf(key).forget(key, offlineValue, nowMs, onChange);
    }

    /**
     * Removes device entries without a notification: no subscriber may receive them any more, and all were notified of their end. Looks
     * at those that there are when the call begins, a few at a time.
     *
     * @param which matches those to remove
     */
    public void forgetQuietly(Predicate<Entry> which) {
        Slices.inTurn(keys(), (segment, slice) -> segments[segment].forgetQuietly(slice, which));
    }

    /** As {@link #forgetQuietly(Predicate)}, of one device; looks at no other. */
    public void forgetQuietly(ItemKey key, Predicate<Entry> which) {
        segmentOf(key).forgetQuietly(key, which);
    }

    /** Begins a walk over the device entries, for a subscriber that is notified of all changes from now on. */
    public DeviceWalk walk() {
        return new DeviceWalk();
    }

    /** A walk over the device entries, a part of the table at a time. Not thread-safe. */
    public final class DeviceWalk {
        private final long[] changesBefore = new long[SEGMENTS];
        private int next;

        private DeviceWalk() {
            Arrays.setAll(changesBefore, i -> segments[i].changes());
        }

        /**
         * Gives {@code action} the entries of the next part, under their lock, but not those that have changed since the walk
         * began.
         *
         * @return whether there was another part
         */
        public boolean next(Consumer<Entry> action) {
            if (next == SEGMENTS) {
                return false;
            }
            int segment = next++;
            segments[segment].forEachUntil(changesBefore[segment], action);
            return true;
        }
    }

    /** Gives {@code action} every entry of {@code node} with a value, under the entry's lock; one segment at a time. */
    public void forEach(NodeType node, Consumer<Entry> action) {
        forEachKey(node, entry -> {
            if (!entry.isAwaited()) {
                action.accept(entry);
            }
        });
    }

    /** As {@link #forEach}, with those that are awaited. */
    public void forEachKey(NodeType node, Consumer<Entry> action) {
        if (node == NodeType.MESSAGE_WAITING) {
            mailboxes.forEach(action);
        } else {
            Stream.of(segments).forEach(segment -> segment.forEachKey(action));
        }
    }

    /**
     * Gives {@code action} every device entry that there is when the call begins, with those that are awaited, as it is by then, under the
     * entry's lock. Unlike {@link #forEachKey}, it holds a lock for a few entries at a time, so that no publish waits for long.
     */
    public void forEachDeviceInSlices(Consumer<Entry> action) {
        Slices.inTurn(keys(), (segment, slice) -> segments[segment].forEachOf(slice, action));
    }

    /** The keys of the devices of each segment; the lock of one segment is held at a time. */
    private List<List<ItemKey>> keys() {
        return Stream.of(segments).map(DeviceSegment::keys).toList();
    }

    /** Whether an EID has entries, known or awaited. Looks at each mailbox, but at no device. */
    public boolean has(Eid eid) {
        return eids.eids().contains(eid)
                || mailboxes.has(entry -> entry.key().eid().equals(eid));
    }

    /** How many entries have a value; while they change, how many had one at some moment of the call. */
    public int size() {
        return mailboxes.size()
                + Stream.of(segments).mapToInt(DeviceSegment::known).sum();
    }

    /** How many keys each account has here, at some moment of the call. Looks at every account, but at no entry. */
    public Map<Account, Integer> entriesByAccount() {
        return quota.byAccount();
    }

    /** How many devices are awaited. */
    public int awaited() {
        return Stream.of(segments).mapToInt(DeviceSegment::awaited).sum();
    }

    /**
     * Which one: by the highest bits of the hash, well mixed (Knuth, 6.4): by the lowest, on which the segment's own map goes, all keys of a
     * segment would fall into a few of its buckets.
     */
    static int segment(ItemKey key) {
        return (key.hashCode() * 0x9e3779b9) >>> (Integer.SIZE - SEGMENT_BITS);
    }

    private DeviceSegment segmentOf(ItemKey key) {
        return segments[segment(key)];
    }
}
