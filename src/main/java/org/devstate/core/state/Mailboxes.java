// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.state.StateTable.StoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The entries of mailboxes. Thread-safe: mailboxes are spread over segments, each with a lock of its own.
 *
 * <p>An Asterisk has one value per mailbox: the one that it received last, whichever server published it. So the order of the entries
 * of one mailbox counts across EIDs. All of them are in one segment, the newest first, and {@link Entry#version} numbers them in that
 * order. {@link Entry#changedAtMs} grows with it too, even when the clock is set back: so persisted entries retain the order over a
 * restart.
 *
 * <p>The last publish wins, even if it repeats the value of its own entry: it is a repetition only while no newer entry of the mailbox
 * has another value. An Asterisk publishes a mailbox when it changes, and does not repeat its mailboxes when it connects.
 */
public final class Mailboxes {

    private static final int SEGMENT_BITS = 4;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;

    private final MailboxSegment[] segments = new MailboxSegment[SEGMENTS];
    private final EntryQuota quota;
    private final TableListener listener;

    /** @param quota how many keys each account may have */
    Mailboxes(EntryQuota quota, TableListener listener) {
        this.quota = quota;
        this.listener = listener;
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new MailboxSegment();
        }
    }

    /** See {@link StateTable#put}. */
    StoreOutcome put(Publication publication, Consumer<Entry> onChange) {
        ItemKey key = publication.key();
        MailboxSegment segment = segmentOf(key.id());
        synchronized (segment) {
            List<Entry> entries = segment.entriesOf(key.id());
            Entry known = find(entries, key);
            if (!quota.take(known, publication.publisher())) {
                return StoreOutcome.FULL;
            }
            if (known != null && isRepetition(publication.value(), known, entries)) {
                if (!known.isHeldBy(publication)) {
                    Entry repeated = listener.repeated(
                            known.repeatedBy(publication.publisher(), publication.epoch()), publication.atMs());
                    segment.put(repeated, known);
                    if (repeated.changedAtMs() != known.changedAtMs()
                            || !EntryQuota.isOf(publication.publisher(), known)) {
                        listener.renewed(repeated);
                    }
                }
                return StoreOutcome.REPEATED;
            }
            ItemKey storedKey = known == null ? key : known.key();
            long atMs = listener.timeOfChange(key, known == null ? 0 : known.changedAtMs(), publication.atMs());
            Entry entry = new Entry(storedKey, publication, ++segment.changes, after(entries, atMs));
            segment.putNewest(entry, known);
            onChange.accept(entry);
            return StoreOutcome.CHANGED;
        }
    }

    /**
     * Whether the publish changes neither the entry nor the counting entry of the mailbox for any subscriber, whichever entries it may
     * receive.
     */
    private static boolean isRepetition(Value value, Entry known, List<Entry> entries) {
        for (Entry entry : entries) {
            if (!entry.value().equals(value)) {
                return false;
            }
            if (entry.equals(known)) {
                return true;
            }
        }
        return false;
    }

    /** A time that is later than those of all other entries of the mailbox. */
    private static long after(List<Entry> entries, long nowMs) {
        return entries.isEmpty() ? nowMs : Math.max(nowMs, entries.get(0).changedAtMs() + 1);
    }

    @Nullable
    Entry get(ItemKey key) {
        MailboxSegment segment = segmentOf(key.id());
        synchronized (segment) {
            return find(segment.entriesOf(key.id()), key);
        }
    }

    /** All entries of one mailbox, the newest first. */
    public List<Entry> entriesOf(String id) {
        MailboxSegment segment = segmentOf(id);
        synchronized (segment) {
            return segment.entriesOf(id);
        }
    }

    /** Gives {@code action} all entries of one mailbox, the newest first, under their lock. */
    public void read(String id, Consumer<List<Entry>> action) {
        MailboxSegment segment = segmentOf(id);
        synchronized (segment) {
            action.accept(segment.entriesOf(id));
        }
    }

    private static @Nullable Entry find(List<Entry> entries, ItemKey key) {
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    /** See {@link StateTable#restore}. Entries of one mailbox are restored in their order, the oldest first. */
    void restore(Entry entry) {
        MailboxSegment segment = segmentOf(entry.key().id());
        synchronized (segment) {
            if (find(segment.entriesOf(entry.key().id()), entry.key()) == null) {
                segment.putNewest(entry.withVersion(++segment.changes), null);
                quota.takeAnyway(entry);
            }
        }
    }

    /** See {@link StateTable#merge}. It takes its place among the entries of its mailbox by the time of its change. */
    void merge(Entry replica, Predicate<@Nullable Entry> isTaken, MergeListener merge) {
        ItemKey key = replica.key();
        MailboxSegment segment = segmentOf(key.id());
        synchronized (segment) {
            List<Entry> before = segment.entriesOf(key.id());
            Entry known = find(before, key);
            if (!isTaken.test(known)) {
                return;
            }
            quota.takeAnyway(known, replica);
            if (known != null
                    && known.value().equals(replica.value())
                    && MailboxSegment.place(before, known) == MailboxSegment.place(before, replica)) {
                Entry renewed = replica.withKey(known.key(), known.version());
                segment.put(renewed, known);
                listener.renewed(renewed);
                return;
            }
            Entry entry = replica.withKey(known == null ? key : known.key(), ++segment.changes);
            segment.put(entry, known);
            merge.mailboxChanged(entry, before, segment.entriesOf(key.id()));
        }
    }

    /** See {@link StateTable#reassert}. */
    void reassert(ItemKey key, long afterMs, ReassertionListener action) {
        MailboxSegment segment = segmentOf(key.id());
        synchronized (segment) {
            List<Entry> before = segment.entriesOf(key.id());
            Entry known = find(before, key);
            if (known != null && known.changedAtMs() <= afterMs) {
                Entry later = known.changedAt(afterMs + 1);
                boolean isMoved = MailboxSegment.place(before, known) != MailboxSegment.place(before, later);
                Entry entry = isMoved ? later.withVersion(++segment.changes) : later;
                segment.put(entry, known);
                action.reasserted(entry);
                if (isMoved) {
                    action.mailboxMoved(before, segment.entriesOf(key.id()));
                }
            }
        }
    }

    /**
     * Forgets an entry that another node of the cluster has removed.
     *
     * @param which whether to forget it; asked under the lock
     * @param onChange as for {@link #forget(Predicate, BiConsumer)}
     */
    public void forgetElsewhere(ItemKey key, Predicate<Entry> which, BiConsumer<List<Entry>, List<Entry>> onChange) {
        MailboxSegment segment = segmentOf(key.id());
        synchronized (segment) {
            var unused = forget(
                    segment,
                    key.id(),
                    entry -> entry.key().equals(key) && which.test(entry),
                    onChange,
                    listener::removedElsewhere);
        }
    }

    /**
     * Forgets entries.
     *
     * @param which the ones to forget
     * @param onChange is given, under the lock, the entries of each mailbox that lost some: those before, and those that are left, the
     *     newest first
     * @return how many were forgotten
     */
    public int forget(Predicate<Entry> which, BiConsumer<List<Entry>, List<Entry>> onChange) {
        int count = 0;
        for (MailboxSegment segment : segments) {
            synchronized (segment) {
                for (String id : List.copyOf(segment.mailboxes.keySet())) {
                    count += forget(segment, id, which, onChange, listener::removed);
                }
            }
        }
        return count;
    }

    /** As {@link #forget(Predicate, BiConsumer)}, of one mailbox; looks at no other. */
    public int forget(String id, Predicate<Entry> which, BiConsumer<List<Entry>, List<Entry>> onChange) {
        MailboxSegment segment = segmentOf(id);
        synchronized (segment) {
            return forget(segment, id, which, onChange, listener::removed);
        }
    }

    private int forget(
            MailboxSegment segment,
            String id,
            Predicate<Entry> which,
            BiConsumer<List<Entry>, List<Entry>> onChange,
            Consumer<Entry> onRemoval) {
        List<Entry> before = segment.entriesOf(id);
        List<Entry> gone = before.stream().filter(which).toList();
        if (gone.isEmpty()) {
            return 0;
        }
        List<Entry> left =
                before.stream().filter(entry -> !gone.contains(entry)).toList();
        if (left.isEmpty()) {
            segment.mailboxes.remove(id);
        } else {
            segment.mailboxes.put(id, left);
        }
        segment.size -= gone.size();
        gone.forEach(entry -> {
            quota.giveBack(entry);
            onRemoval.accept(entry);
        });
        onChange.accept(before, left);
        return gone.size();
    }

    /** Gives {@code action} the entries of every mailbox, the newest first, under their lock; one segment at a time. */
    public void forEachMailbox(Consumer<List<Entry>> action) {
        for (MailboxSegment segment : segments) {
            synchronized (segment) {
                segment.mailboxes.values().forEach(action);
            }
        }
    }

    /** As {@link #forEachMailbox}, of those that there are when the call begins; a lock is held for a few mailboxes at a time. */
    public void forEachMailboxInSlices(Consumer<List<Entry>> action) {
        List<List<String>> ids = Stream.of(segments).map(MailboxSegment::ids).toList();
        Slices.inTurn(ids, (number, slice) -> {
            MailboxSegment segment = segments[number];
            synchronized (segment) {
                for (String id : slice) {
                    List<Entry> entries = segment.entriesOf(id);
                    if (!entries.isEmpty()) {
                        action.accept(entries);
                    }
                }
            }
        });
    }

    void forEach(Consumer<Entry> action) {
        forEachMailbox(entries -> entries.forEach(action));
    }

    boolean has(Predicate<Entry> condition) {
        for (MailboxSegment segment : segments) {
            synchronized (segment) {
                for (List<Entry> entries : segment.mailboxes.values()) {
                    if (entries.stream().anyMatch(condition)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    int size() {
        int size = 0;
        for (MailboxSegment segment : segments) {
            synchronized (segment) {
                size += segment.size;
            }
        }
        return size;
    }

    /** Begins a walk over the mailboxes, for a subscriber that is notified of all changes from now on. */
    public MailboxWalk walk() {
        return new MailboxWalk();
    }

    /** Looks at the entries of one mailbox. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Visits a mailbox, under its lock.
         *
         * @param entries the newest first
         * @param changesBefore the version of the last change before the walk began: subscribers were notified of entries with a later
         *     one
         */
        void visit(List<Entry> entries, long changesBefore);
    }

    /** A walk over the mailboxes, a part of them at a time. Not thread-safe. */
    public final class MailboxWalk {
        private final long[] changesBefore = new long[SEGMENTS];
        private int next;

        private MailboxWalk() {
            for (int i = 0; i < SEGMENTS; i++) {
                synchronized (segments[i]) {
                    changesBefore[i] = segments[i].changes;
                }
            }
        }

        /** Gives {@code visitor} the mailboxes of the next part. Returns whether there was another part. */
        public boolean next(Visitor visitor) {
            if (next == SEGMENTS) {
                return false;
            }
            long before = changesBefore[next];
            MailboxSegment segment = segments[next++];
            synchronized (segment) {
                segment.mailboxes.values().forEach(entries -> visitor.visit(entries, before));
            }
            return true;
        }
    }

    private MailboxSegment segmentOf(String id) {
        return segments[(id.hashCode() * 0x9e3779b9) >>> (Integer.SIZE - SEGMENT_BITS)];
    }
}
