// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.state.StateTable.StoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A part of the device entries, with a lock of its own: itself. Thread-safe; callbacks run with the lock held. The methods are those of
 * {@link StateTable}.
 */
final class DeviceSegment {

    private final Map<ItemKey, Entry> entries = new HashMap<>();

    /** Keys whose subscribers last received a non-cachable value, so that the stored value must be sent again even if unchanged. */
    private final Set<ItemKey> overtaken = new HashSet<>();

    private final EntryQuota quota;
    private final EidCounts eids;
    private final TableListener listener;

    /** How many changes there were here so far. */
    private long changes;

    /** How many of the entries are awaited. */
    private int awaited;

    DeviceSegment(EntryQuota quota, EidCounts eids, TableListener listener) {
        this.quota = quota;
        this.eids = eids;
        this.listener = listener;
    }

    synchronized StoreOutcome put(Publication publication, Consumer<Entry> onChange) {
        ItemKey key = publication.key();
        Entry known = entries.get(key);
        if (!take(key, known, publication.publisher())) {
            return StoreOutcome.FULL;
        }
        boolean isOvertaken = overtaken.remove(key) || (known != null && known.isAwaited());
        if (known != null && known.value().equals(publication.value()) && !isOvertaken) {
            if (!known.isHeldBy(publication)) {
                Entry repeated = known.repeatedBy(publication.publisher(), publication.epoch());
                entries.put(key, repeated);
                if (!EntryQuota.isOf(publication.publisher(), known)) {
                    listener.renewed(repeated);
                }
            }
            return StoreOutcome.REPEATED;
        }
        if (known == null) {
            eids.added(key.eid());
        }
        // The stored key, if there is one: the new one, with its texts, is garbage then.
        ItemKey storedKey = known == null ? key : known.key();
        Entry entry = new Entry(storedKey, publication, ++changes, timeOfChange(known, key, publication.atMs()));
        entries.put(storedKey, entry);
        awaited -= known != null && known.isAwaited() ? 1 : 0;
        onChange.accept(entry);
        return StoreOutcome.CHANGED;
    }

    private long timeOfChange(@Nullable Entry known, ItemKey key, long nowMs) {
        return listener.timeOfChange(key, known == null ? 0 : known.changedAtMs(), nowMs);
    }

    private boolean take(ItemKey key, @Nullable Entry known, Jid publisher) {
        boolean taken = quota.take(known, publisher);
        if (taken && !EntryQuota.isOf(publisher, known)) {
            listener.deviceAdded(known == null ? key : known.key(), publisher.account());
        }
        return taken;
    }

    synchronized @Nullable Entry get(ItemKey key) {
        return entries.get(key);
    }

    synchronized void read(ItemKey key, Consumer<@Nullable Entry> action) {
        action.accept(entries.get(key));
    }

    synchronized void restore(Entry entry) {
        if (entries.putIfAbsent(entry.key(), entry) == null) {
            quota.takeAnyway(entry);
            eids.added(entry.key().eid());
            awaited += entry.isAwaited() ? 1 : 0;
        }
    }

    /** See {@link StateTable#merge}. */
    synchronized void merge(Entry replica, Predicate<@Nullable Entry> isTaken, MergeListener merge) {
        Entry known = entries.get(replica.key());
        if (!isTaken.test(known)) {
            return;
        }
        quota.takeAnyway(known, replica);
        boolean isOvertaken = overtaken.remove(replica.key());
        if (known != null && !known.isAwaited() && !isOvertaken && known.value().equals(replica.value())) {
            Entry renewed = replica.withKey(known.key(), known.version());
            entries.put(known.key(), renewed);
            listener.renewed(renewed);
            return;
        }
        if (known == null) {
            eids.added(replica.key().eid());
        }
        awaited -= known != null && known.isAwaited() ? 1 : 0;
        Entry entry = replica.withKey(known == null ? replica.key() : known.key(), ++changes);
        entries.put(entry.key(), entry);
        merge.deviceChanged(entry, known == null);
    }

    /** See {@link StateTable#reassert}. */
    synchronized void reassert(ItemKey key, long afterMs, ReassertionListener action) {
        Entry known = entries.get(key);
        if (known != null && !known.isAwaited() && known.changedAtMs() <= afterMs) {
            Entry entry = known.changedAt(afterMs + 1);
            entries.put(known.key(), entry);
            action.reasserted(entry);
        }
    }

    /** See {@link StateTable#deliverNonCachable}. */
    synchronized void deliverNonCachable(ItemKey key, Runnable action) {
        action.run();
        Entry known = entries.get(key);
        if (known != null) {
            overtaken.add(known.key());
        }
    }

    /** See {@link StateTable#forgetElsewhere}. */
    synchronized void forgetElsewhere(
            ItemKey key, Predicate<Entry> which, Function<Entry, FinalValue> finalValue, Consumer<Entry> onChange) {
        Entry entry = entries.get(key);
        if (entry != null && which.test(entry)) {
            entries.remove(key);
            FinalValue last = finalValue.apply(entry);
            uncount(entry);
            listener.removedElsewhere(entry);
            endOf(entry, last, entry.changedAtMs(), onChange);
        }
    }

    /** Returns whether an entry has ended that no session has the lease of. */
    synchronized boolean endByNonCachable(
            ItemKey key, Value offlineValue, long nowMs, Runnable action, Consumer<Entry> onEnd) {
        action.run();
        Entry known = entries.get(key);
        if (known == null) {
            return false;
        }
        if (!known.isAwaited() && known.value().equals(offlineValue)) {
            overtaken.add(key);
            return false;
        }
        long epoch = known.isAwaited() ? Entry.NO_LEASE : known.epoch();
        Entry ended = next(known, offlineValue, known.publisher(), epoch, nowMs);
        entries.put(known.key(), ended);
        awaited -= known.isAwaited() ? 1 : 0;
        overtaken.remove(key);
        onEnd.accept(ended);
        return epoch == Entry.NO_LEASE;
    }

    /** Another value of a key, as a change. */
    private Entry next(Entry known, Value value, Jid publisher, long epoch, long nowMs) {
        long atMs = timeOfChange(known, known.key(), nowMs);
        return new Entry(new Publication(known.key(), value, publisher, epoch, atMs), ++changes);
    }

    synchronized void replaceIf(Predicate<Entry> stale, Value value, long nowMs, Consumer<Entry> onChange) {
        entries.replaceAll((key, known) -> stale.test(known) ? replace(known, value, nowMs, onChange) : known);
    }

    private Entry replace(Entry known, Value value, long nowMs, Consumer<Entry> onChange) {
        boolean wasSent = known.value().equals(value) && !overtaken.remove(known.key()) && !known.isAwaited();
        if (wasSent) {
            return known.epoch() == Entry.NO_LEASE ? known : known.repeatedBy(known.publisher(), Entry.NO_LEASE);
        }
        Entry entry = next(known, value, known.publisher(), Entry.NO_LEASE, nowMs);
        overtaken.remove(known.key());
        awaited -= known.isAwaited() ? 1 : 0;
        onChange.accept(entry);
        return entry;
    }

    /** Removes the entries of an account that no session has the lease of; returns whether there were any. */
    synchronized boolean removeGone(Account account, Consumer<Entry> onForget) {
        return entries.values().removeIf(entry -> {
            boolean gone = entry.epoch() == Entry.NO_LEASE
                    && entry.publisher().account().equals(account);
            if (gone) {
                overtaken.remove(entry.key());
                removed(entry);
                listener.removedQuietly(entry);
                onForget.accept(entry);
            }
            return gone;
        });
    }

    /** Ends the awaited entries of an account; returns whether there were any. */
    synchronized boolean endAwaited(Account account, Value offlineValue, long nowMs, Consumer<Entry> onChange) {
        return awaited > 0
                && entries.values().removeIf(entry -> {
                    boolean ends =
                            entry.isAwaited() && entry.publisher().account().equals(account);
                    if (ends) {
                        removed(entry);
                        onChange.accept(next(entry, offlineValue, entry.publisher(), Entry.NO_LEASE, nowMs));
                    }
                    return ends;
                });
    }

    private void removed(Entry entry) {
        uncount(entry);
        listener.removed(entry);
    }

    private void uncount(Entry entry) {
        quota.giveBack(entry);
        eids.removed(entry.key().eid());
        awaited -= entry.isAwaited() ? 1 : 0;
    }

    synchronized int dropAwaited(Predicate<Entry> which) {
        int before = entries.size();
        entries.values().removeIf(entry -> {
            boolean drop = entry.isAwaited() && which.test(entry);
            if (drop) {
                removed(entry);
            }
            return drop;
        });
        return before - entries.size();
    }

    /** Returns how many. */
    synchronized int forget(
            Predicate<Entry> which, Function<Entry, FinalValue> offlineValue, long nowMs, Consumer<Entry> onChange) {
        int count = 0;
        Iterator<Entry> each = entries.values().iterator();
        while (each.hasNext()) {
            Entry entry = each.next();
            if (which.test(entry)) {
                each.remove();
                end(entry, offlineValue.apply(entry), nowMs, onChange);
                count++;
            }
        }
        return count;
    }

    synchronized void forget(
            ItemKey key, Function<Entry, FinalValue> offlineValue, long nowMs, Consumer<Entry> onChange) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            end(entry, offlineValue.apply(entry), nowMs, onChange);
        }
    }

    private void end(Entry entry, FinalValue last, long nowMs, Consumer<Entry> onChange) {
        removed(entry);
        endOf(entry, last, nowMs, onChange);
    }

    private void endOf(Entry entry, FinalValue last, long nowMs, Consumer<Entry> onChange) {
        boolean isOvertaken = overtaken.remove(entry.key()) || entry.isAwaited();
        if (isOvertaken || !entry.value().equals(last.value())) {
            onChange.accept(next(entry, last.value(), last.publisher(), entry.epoch(), nowMs));
        } else {
            listener.removedQuietly(entry);
        }
    }

    synchronized void forgetQuietly(List<ItemKey> keys, Predicate<Entry> which) {
        keys.forEach(key -> forgetQuietly(key, which));
    }

    synchronized void forgetQuietly(ItemKey key, Predicate<Entry> which) {
        Entry entry = entries.get(key);
        if (entry != null && goesQuietly(entry, which)) {
            entries.remove(key);
        }
    }

    private boolean goesQuietly(Entry entry, Predicate<Entry> which) {
        boolean goes = which.test(entry);
        if (goes) {
            overtaken.remove(entry.key());
            removed(entry);
            listener.removedQuietly(entry);
        }
        return goes;
    }

    /** The version of the last change here. */
    synchronized long changes() {
        return changes;
    }

    /** Gives {@code action} the known entries up to that version. */
    synchronized void forEachUntil(long version, Consumer<Entry> action) {
        for (Entry entry : entries.values()) {
            if (entry.version() <= version && !entry.isAwaited()) {
                action.accept(entry);
            }
        }
    }

    synchronized void forEachKey(Consumer<Entry> action) {
        entries.values().forEach(action);
    }

    /** The keys of all entries, as they are now. */
    synchronized List<ItemKey> keys() {
        return new ArrayList<>(entries.keySet());
    }

    /** As {@link #forEachKey}, of those of {@code keys} that there are still. */
    synchronized void forEachOf(List<ItemKey> keys, Consumer<Entry> action) {
        for (ItemKey key : keys) {
            Entry entry = entries.get(key);
            if (entry != null) {
                action.accept(entry);
            }
        }
    }

    /** How many entries have a known value. */
    synchronized int known() {
        return entries.size() - awaited;
    }

    synchronized int awaited() {
        return awaited;
    }
}
