// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.devstate.core.model.ItemKey;
import org.devstate.core.spi.Clock;

/**
 * What one other node has still to be sent, each key once. Thread-safe; {@link #add} is called with the lock of the entry held and calls
 * nothing.
 */
final class NodeQueue {

    /** The most items of a batch: about 60 KB. */
    static final int BATCH = 250;

    /** The most non-cachable values that wait; beyond that the oldest is lost, as they are for a subscriber that cannot keep up. */
    static final int MOST_NON_CACHABLE = 1_000;

    private final Clock clock;

    /** The items, each with the time since which it has been pending. */
    private final Map<PendingItem, Long> first = new LinkedHashMap<>();

    private final Map<PendingItem, Long> others = new LinkedHashMap<>();

    /** Keys of which non-cachable values wait: a later change of such a key must not overtake them. */
    private final Set<ItemKey> nonCachable = new HashSet<>();

    private int nonCachableCount;
    private long lost;
    private long oldestTakenNanos;

    NodeQueue(Clock clock) {
        this.clock = clock;
    }

    void add(PendingItem item) {
        add(item, clock.monotonicNanos());
    }

    private synchronized void add(PendingItem item, long sinceNanos) {
        if (item.isFirst()) {
            first.putIfAbsent(item, sinceNanos);
            return;
        }
        if (item instanceof PendingItem.OfNonCachable added) {
            nonCachable.add(added.notification().key());
            nonCachableCount++;
        } else if (item instanceof PendingItem.OfKey key && nonCachable.contains(key.key())) {
            others.remove(item);
        }
        others.putIfAbsent(item, sinceNanos);
        if (nonCachableCount > MOST_NON_CACHABLE) {
            loseOldest();
        }
    }

    synchronized void addAll(Collection<? extends PendingItem> items) {
        items.forEach(this::add);
    }

    /** Makes items pending again that were taken and did not arrive: before those that have become pending since. */
    synchronized void putBack(Collection<? extends PendingItem> items) {
        Map<PendingItem, Long> since = new LinkedHashMap<>(others);
        others.clear();
        nonCachable.clear();
        nonCachableCount = 0;
        items.forEach(item -> add(item, oldestTakenNanos));
        since.forEach(this::add);
    }

    private void loseOldest() {
        for (PendingItem item : others.keySet()) {
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
        oldestTakenNanos = oldestNanos();
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

    private static void take(Map<PendingItem, Long> from, List<PendingItem> to) {
        Iterator<PendingItem> each = from.keySet().iterator();
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

    /** Since when the item has been pending that has been so for the longest time; now if there is none. */
    synchronized long oldestNanos() {
        return Stream.of(first, others)
                .flatMap(items -> items.values().stream().limit(1))
                .min(Long::compare)
                .orElseGet(clock::monotonicNanos);
    }

    /** How many non-cachable values were lost because too many waited. */
    synchronized long lost() {
        return lost;
    }
}
