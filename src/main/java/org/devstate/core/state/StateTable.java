package org.devstate.core.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
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
    public enum Outcome {
        /** It was written down, and is news. */
        CHANGED,
        /** It was known. */
        REPEATED,
        /** It is about a key that is new, or another account's, for which its publisher has no room left; nothing was changed. */
        FULL
    }

    /** Receives the devices that are added and removed; quick, because a lock is held. */
    public interface DeviceListener {

        /** A device is new, or another account's than before. */
        void deviceAdded(ItemKey key, String account);

        /** A device is forgotten. */
        void deviceRemoved(ItemKey key);
    }

    private static final DeviceListener NOBODY = new DeviceListener() {
        @Override
        public void deviceAdded(ItemKey key, String account) {}

        @Override
        public void deviceRemoved(ItemKey key) {}
    };

    private final Segment[] segments = new Segment[SEGMENTS];
    private final Quota quota;
    private final DeviceListener listener;
    private final Mailboxes mailboxes;

    /** How many times entries may have lost their lease. */
    private final AtomicLong replacements = new AtomicLong();

    /** The number of replacements when an account's were searched for last. */
    private final Map<String, Long> searchedAt = new ConcurrentHashMap<>();

    /** Accounts that were searched for devices that are awaited in vain. */
    private final Set<String> awaitsNothing = ConcurrentHashMap.newKeySet();

    /** @param quota how many keys each account may have here */
    public StateTable(Quota quota) {
        this(quota, NOBODY);
    }

    /** @param listener receives the devices that are added and removed, but not those that are restored */
    public StateTable(Quota quota, DeviceListener listener) {
        this.quota = quota;
        this.listener = listener;
        this.mailboxes = new Mailboxes(quota, this::take);
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
    }

    /** The entries of mailboxes. */
    public Mailboxes mailboxes() {
        return mailboxes;
    }

    /**
     * Stores the last value of {@code key}.
     *
     * @param onChange takes the new entry, under the lock, if it differs from the last notification
     * @param epoch that of the publishing session
     * @return the outcome; a repetition changes nothing but the session that holds the lease
     */
    public Outcome put(ItemKey key, Value value, Jid publisher, long epoch, long nowMs, Consumer<Entry> onChange) {
        if (key.node() == NodeType.MESSAGE_WAITING) {
            return mailboxes.put(key, value, publisher, epoch, nowMs, onChange);
        }
        Segment segment = segmentOf(key);
        synchronized (segment) {
            Entry known = segment.entries.get(key);
            if (!takeDevice(key, known, publisher)) {
                return Outcome.FULL;
            }
            boolean overtaken = segment.overtaken.remove(key) || (known != null && known.isAwaited());
            if (known != null && known.value().equals(value) && !overtaken) {
                if (known.epoch() != epoch || !known.publisher().equals(publisher)) {
                    segment.entries.put(key, known.repeatedBy(publisher, epoch));
                }
                return Outcome.REPEATED;
            }
            // The stored key, if there is one: the new one, with its texts, is garbage then.
            ItemKey kept = known == null ? key : known.key();
            Entry entry = new Entry(kept, value, publisher, ++segment.changes, nowMs, epoch);
            segment.entries.put(kept, entry);
            segment.awaited -= known != null && known.isAwaited() ? 1 : 0;
            onChange.accept(entry);
            return Outcome.CHANGED;
        }
    }

    /**
     * Counts an entry, also one of another account, as one of the account of {@code publisher}; false if the account has no room for
     * it.
     */
    private boolean take(@Nullable Entry known, Jid publisher) {
        if (isOf(publisher, known)) {
            return true;
        }
        if (!quota.take(publisher)) {
            return false;
        }
        if (known != null) {
            quota.giveBack(known.publisher());
        }
        return true;
    }

    private boolean takeDevice(ItemKey key, @Nullable Entry known, Jid publisher) {
        boolean taken = take(known, publisher);
        if (taken && !isOf(publisher, known)) {
            listener.deviceAdded(known == null ? key : known.key(), publisher.bare());
        }
        return taken;
    }

    private static boolean isOf(Jid publisher, @Nullable Entry known) {
        return known != null && known.publisher().bare().equals(publisher.bare());
    }

    /** The entry of {@code key}, also if it is only awaited; {@code null} if there is none. */
    public @Nullable Entry get(ItemKey key) {
        if (key.node() == NodeType.MESSAGE_WAITING) {
            return mailboxes.get(key);
        }
        Segment segment = segmentOf(key);
        synchronized (segment) {
            return segment.entries.get(key);
        }
    }

    /** Gives {@code action} the entry of a device, or {@code null} if there is none, under its lock. */
    public void read(ItemKey key, Consumer<@Nullable Entry> action) {
        Segment segment = segmentOf(key);
        synchronized (segment) {
            action.accept(segment.entries.get(key));
        }
    }

    /**
     * Restores {@code entry} from before a restart, over the limit or not, unless there is a newer one. Entries of one mailbox must be
     * given in their order, the oldest first.
     */
    public void restore(Entry entry) {
        if (entry.key().node() == NodeType.MESSAGE_WAITING) {
            mailboxes.restore(entry);
            return;
        }
        Segment segment = segmentOf(entry.key());
        synchronized (segment) {
            if (segment.entries.putIfAbsent(entry.key(), entry) == null) {
                quota.takeAnyway(entry.publisher());
                segment.awaited += entry.isAwaited() ? 1 : 0;
            }
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
        Segment segment = segmentOf(key);
        synchronized (segment) {
            action.run();
            Entry known = segment.entries.get(key);
            if (known != null && (known.isAwaited() || !known.value().equals(offlineValue))) {
                long epoch = known.isAwaited() ? Entry.NOBODYS : known.epoch();
                Entry ended = new Entry(known.key(), offlineValue, known.publisher(), ++segment.changes, nowMs, epoch);
                segment.entries.put(known.key(), ended);
                segment.awaited -= known.isAwaited() ? 1 : 0;
                segment.overtaken.remove(key);
                if (epoch == Entry.NOBODYS) {
                    replacements.incrementAndGet();
                }
                onEnd.accept(ended);
            } else if (known != null) {
                segment.overtaken.add(key);
            }
        }
    }

    /**
     * Gives another value to every device entry that matches {@code stale}, as if its session had published it. No session holds the
     * lease of those from now on.
     *
     * @param onChange takes each new entry that differs from the one before, under its lock
     */
    public void replaceIf(Predicate<Entry> stale, Value value, long nowMs, Consumer<Entry> onChange) {
        for (Segment segment : segments) {
            synchronized (segment) {
                segment.entries.replaceAll(
                        (key, known) -> stale.test(known) ? replace(segment, known, value, nowMs, onChange) : known);
            }
        }
        replacements.incrementAndGet();
    }

    private static Entry replace(Segment segment, Entry known, Value value, long nowMs, Consumer<Entry> onChange) {
        boolean told = known.value().equals(value) && !segment.overtaken.remove(known.key()) && !known.isAwaited();
        if (told) {
            return known.epoch() == Entry.NOBODYS ? known : known.repeatedBy(known.publisher(), Entry.NOBODYS);
        }
        Entry entry = new Entry(known.key(), value, known.publisher(), ++segment.changes, nowMs, Entry.NOBODYS);
        segment.overtaken.remove(known.key());
        segment.awaited -= known.isAwaited() ? 1 : 0;
        onChange.accept(entry);
        return entry;
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
        long now = replacements.get();
        Long searched = searchedAt.put(publisher.bare(), now);
        boolean found = false;
        if (searched == null
                || searched != now) { // else nothing has gone since, so that a full account costs no search each time
            for (Segment segment : segments) {
                synchronized (segment) {
                    found |= segment.entries.values().removeIf(entry -> makesRoom(entry, publisher, segment, onForget));
                }
            }
        }
        return found || endAwaited(publisher, offlineValue, nowMs, onChange);
    }

    /** Of one segment only, because each may still be published again. */
    private boolean endAwaited(Jid publisher, Value offlineValue, long nowMs, Consumer<Entry> onChange) {
        if (awaitsNothing.contains(publisher.bare())) {
            return false;
        }
        for (Segment segment : segments) {
            synchronized (segment) {
                boolean found = segment.awaited > 0
                        && segment.entries.values().removeIf(entry -> {
                            boolean ends = entry.isAwaited()
                                    && entry.publisher().bare().equals(publisher.bare());
                            if (ends) {
                                removed(segment, entry);
                                onChange.accept(new Entry(
                                        entry.key(),
                                        offlineValue,
                                        entry.publisher(),
                                        ++segment.changes,
                                        nowMs,
                                        Entry.NOBODYS));
                            }
                            return ends;
                        });
                if (found) {
                    return true;
                }
            }
        }
        awaitsNothing.add(publisher.bare());
        return false;
    }

    private void removed(Segment segment, Entry entry) {
        quota.giveBack(entry.publisher());
        segment.awaited -= entry.isAwaited() ? 1 : 0;
        listener.deviceRemoved(entry.key());
    }

    /**
     * Removes awaited entries, without a notification.
     *
     * @param which matches those to remove
     * @return how many that were
     */
    public int dropAwaited(Predicate<Entry> which) {
        int[] dropped = new int[1];
        for (Segment segment : segments) {
            synchronized (segment) {
                segment.entries.values().removeIf(entry -> {
                    boolean drop = entry.isAwaited() && which.test(entry);
                    if (drop) {
                        removed(segment, entry);
                        dropped[0]++;
                    }
                    return drop;
                });
            }
        }
        return dropped[0];
    }

    private boolean makesRoom(Entry entry, Jid publisher, Segment segment, Consumer<Entry> onForget) {
        boolean gone =
                entry.epoch() == Entry.NOBODYS && entry.publisher().bare().equals(publisher.bare());
        if (gone) {
            segment.overtaken.remove(entry.key());
            removed(segment, entry);
            onForget.accept(entry);
        }
        return gone;
    }

    /**
     * Removes device entries; for those of mailboxes, see {@link Mailboxes#forget}.
     *
     * @param which matches those to remove
     * @param offlineValue the last value of each of them
     * @param onForget takes the key of each of them, under its lock
     * @param onChange takes the last value of each of them, under the lock, if the last notification had another
     */
    public void forget(
            Predicate<Entry> which,
            Function<Entry, LastWord> offlineValue,
            long nowMs,
            Consumer<ItemKey> onForget,
            Consumer<Entry> onChange) {
        for (Segment segment : segments) {
            synchronized (segment) {
                Iterator<Entry> entries = segment.entries.values().iterator();
                while (entries.hasNext()) {
                    Entry entry = entries.next();
                    if (which.test(entry)) {
                        entries.remove();
                        onForget.accept(entry.key());
                        tellEnd(segment, entry, offlineValue.apply(entry), nowMs, onChange);
                    }
                }
            }
        }
    }

    /** As {@link #forget(Predicate, Function, long, Consumer, Consumer)}, of one device; looks at no other. */
    public void forget(
            ItemKey key,
            Function<Entry, LastWord> offlineValue,
            long nowMs,
            Consumer<ItemKey> onForget,
            Consumer<Entry> onChange) {
        Segment segment = segmentOf(key);
        synchronized (segment) {
            Entry entry = segment.entries.remove(key);
            if (entry != null) {
                onForget.accept(entry.key());
                tellEnd(segment, entry, offlineValue.apply(entry), nowMs, onChange);
            }
        }
    }

    private void tellEnd(Segment segment, Entry entry, LastWord last, long nowMs, Consumer<Entry> onChange) {
        removed(segment, entry);
        boolean overtaken = segment.overtaken.remove(entry.key()) || entry.isAwaited();
        if (overtaken || !entry.value().equals(last.value())) {
            onChange.accept(
                    new Entry(entry.key(), last.value(), last.speaker(), ++segment.changes, nowMs, entry.epoch()));
        }
    }

    /**
     * Removes device entries without a notification: no subscriber may receive them any more, and all were notified of their end.
     *
     * @param which matches those to remove
     * @param onForget takes the key of each of them, under its lock
     */
    public void forgetQuietly(Predicate<Entry> which, Consumer<ItemKey> onForget) {
        for (Segment segment : segments) {
            synchronized (segment) {
                segment.entries.values().removeIf(entry -> goesQuietly(segment, entry, which, onForget));
            }
        }
    }

    /** As {@link #forgetQuietly(Predicate, Consumer)}, of one device; looks at no other. */
    public void forgetQuietly(ItemKey key, Predicate<Entry> which, Consumer<ItemKey> onForget) {
        Segment segment = segmentOf(key);
        synchronized (segment) {
            Entry entry = segment.entries.get(key);
            if (entry != null && goesQuietly(segment, entry, which, onForget)) {
                segment.entries.remove(key);
            }
        }
    }

    private boolean goesQuietly(Segment segment, Entry entry, Predicate<Entry> which, Consumer<ItemKey> onForget) {
        boolean goes = which.test(entry);
        if (goes) {
            segment.overtaken.remove(entry.key());
            removed(segment, entry);
            onForget.accept(entry.key());
        }
        return goes;
    }

    /** Begins a walk over the device entries, for a subscriber that is notified of all changes from now on. */
    public Walk walk() {
        return new Walk();
    }

    /** A walk over the device entries, a part of the table at a time. Not thread-safe. */
    public final class Walk {
        private final long[] changesBefore = new long[SEGMENTS];
        private int next;

        private Walk() {
            for (int i = 0; i < SEGMENTS; i++) {
                synchronized (segments[i]) {
                    changesBefore[i] = segments[i].changes;
                }
            }
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
            long before = changesBefore[next];
            Segment segment = segments[next++];
            synchronized (segment) {
                for (Entry entry : segment.entries.values()) {
                    if (entry.version() <= before && !entry.isAwaited()) {
                        action.accept(entry);
                    }
                }
            }
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
            return;
        }
        for (Segment segment : segments) {
            synchronized (segment) {
                segment.entries.values().forEach(action);
            }
        }
    }

    /** Whether {@code condition} holds for an entry of {@code node}, known or awaited; looks at each of them, one segment at a time. */
    public boolean has(NodeType node, Predicate<Entry> condition) {
        if (node == NodeType.MESSAGE_WAITING) {
            return mailboxes.has(condition);
        }
        for (Segment segment : segments) {
            synchronized (segment) {
                for (Entry entry : segment.entries.values()) {
                    if (condition.test(entry)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** How many entries have a value; while they change, how many had one at some moment of the call. */
    public int size() {
        int size = mailboxes.size();
        for (Segment segment : segments) {
            synchronized (segment) {
                size += segment.entries.size() - segment.awaited;
            }
        }
        return size;
    }

    /** How many keys each account has here, at some moment of the call. Looks at every account, but at no entry. */
    public Map<String, Integer> entriesByAccount() {
        return quota.byAccount();
    }

    /** How many devices are awaited. */
    public int awaited() {
        int awaited = 0;
        for (Segment segment : segments) {
            synchronized (segment) {
                awaited += segment.awaited;
            }
        }
        return awaited;
    }

    /**
     * Which one: by the highest bits of the hash, well mixed (Knuth, 6.4): by the lowest, on which the segment's own map goes, all keys of a
     * segment would fall into a few of its buckets.
     */
    static int segment(ItemKey key) {
        return (key.hashCode() * 0x9e3779b9) >>> (Integer.SIZE - SEGMENT_BITS);
    }

    private Segment segmentOf(ItemKey key) {
        return segments[segment(key)];
    }

    private static final class Segment {
        final Map<ItemKey, Entry> entries = new HashMap<>();

        /** Those of the keys above with a later notification. */
        final Set<ItemKey> overtaken = new HashSet<>();

        /** How many changes there were here so far. */
        long changes;

        /** How many of the entries are awaited. */
        int awaited;
    }
}
