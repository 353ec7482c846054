package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.ItemKey;

/**
 * What one other node has still to be sent, each key once. Thread-safe; {@link #add} is called with the lock of the entry held and calls
 * nothing.
 */
final class NodeQueue {

    /** The most items of a batch: about 60 KB. */
    static final int BATCH = 250;

    /** The most non-cachable values that wait; beyond that the oldest is lost, as they are for a subscriber that cannot keep up. */
    static final int MOST_NON_CACHABLE = 1_000;

    private final Set<PendingItem> first = new LinkedHashSet<>();
    private final Set<PendingItem> others = new LinkedHashSet<>();

    /** Keys of which non-cachable values wait: a later change of such a key must not overtake them. */
    private final Set<ItemKey> nonCachable = new HashSet<>();

    private int nonCachableCount;
    private long lost;

    synchronized void add(PendingItem item) {
        if (item.isFirst()) {
            first.add(item);
            return;
        }
        if (item instanceof PendingItem.OfNonCachable added) {
            nonCachable.add(added.notification().key());
            nonCachableCount++;
        } else if (item instanceof PendingItem.OfKey key && nonCachable.contains(key.key())) {
            others.remove(item);
        }
        others.add(item);
        if (nonCachableCount > MOST_NON_CACHABLE) {
            loseOldest();
        }
    }

    synchronized void addAll(Collection<? extends PendingItem> items) {
        items.forEach(this::add);
    }

    /** Makes items pending again that were taken and did not arrive: before those that have become pending since. */
    synchronized void putBack(Collection<? extends PendingItem> items) {
        List<PendingItem> since = new ArrayList<>(others);
        others.clear();
        nonCachable.clear();
        nonCachableCount = 0;
        addAll(items);
        addAll(since);
    }

    private void loseOldest() {
        for (PendingItem item : others) {
            if (item instanceof PendingItem.OfNonCachable) {
                others.remove(item);
                nonCachableCount--;
                lost++;
                return;
            }
        }
    }

    /** Takes the next items, at most {@value #BATCH}. */
    synchronized List<PendingItem> take() {
        List<PendingItem> taken = new ArrayList<>();
        take(first, taken);
        if (first.isEmpty()) {
            take(others, taken);
        }
        for (PendingItem item : taken) {
            nonCachableCount -= item instanceof PendingItem.OfNonCachable ? 1 : 0;
        }
        if (nonCachableCount == 0) {
            nonCachable.clear();
        }
        return taken;
    }

    private static void take(Set<PendingItem> from, List<PendingItem> to) {
        Iterator<PendingItem> each = from.iterator();
        while (to.size() < BATCH && each.hasNext()) {
            to.add(each.next());
            each.remove();
        }
    }

    synchronized void clear() {
        first.clear();
        others.clear();
        nonCachable.clear();
        nonCachableCount = 0;
    }

    synchronized int size() {
        return first.size() + others.size();
    }

    /** How many non-cachable values were lost because too many waited. */
    synchronized long lost() {
        return lost;
    }
}
