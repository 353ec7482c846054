// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.MirroredEntry;

/**
 * The changes of one webhook that wait. Of each entry there is the latest one, because an older value does not hold any more; a value that
 * was only delivered stands beside the last one that was stored. A change that the filter does not want takes out those of its entry, too.
 *
 * <p>If there is no room for another one, all are dropped, and the next batch is a reset: the endpoint then reads all entries. Used by
 * one thread.
 */
final class ChangeQueue {

    /** What a change takes the place of. */
    private record WaitingSlot(MirroredEntry.Key key, boolean isOnlyDelivered) {}

    private final int capacity;
    private final EntrySelector filter;
    private final Map<WaitingSlot, EntryChanged> waiting = new LinkedHashMap<>();
    private String place = "";
    private boolean isReset;
    private long droppedSinceBatch;
    private long dropped;

    /** @param capacity how many changes may wait, at least 1 */
    ChangeQueue(int capacity, EntrySelector filter) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
        this.filter = filter;
    }

    /** Adds a change that follows those before; returns whether there was room. */
    boolean add(EntryChanged changed) {
        EntryChange change = changed.change();
        boolean isOnlyDelivered = change.effect() == Effect.DELIVERED;
        MirroredEntry.Key key = change.entry().key();
        waiting.remove(new WaitingSlot(key, true));
        if (!isOnlyDelivered) {
            waiting.remove(new WaitingSlot(key, false));
        }
        place = changed.next();
        boolean isWanted = filter.matches(change.entry());
        boolean isFull = isWanted && waiting.size() == capacity;
        if (isFull) {
            drop(1);
            dropAll();
        } else if (isWanted) {
            waiting.put(new WaitingSlot(key, isOnlyDelivered), changed);
        }
        return !isFull;
    }

    /** The next batch is a reset: the table was read anew, or changes are lost. */
    void reset(String newPlace) {
        place = newPlace;
        dropAll();
    }

    /** A batch was not accepted, and never will be: the next one is a reset. */
    void giveUp(DeliveryContent batch) {
        isReset = true;
        droppedSinceBatch += batch.dropped();
        drop(batch.changes().size());
    }

    private void dropAll() {
        isReset = true;
        drop(waiting.size());
        waiting.clear();
    }

    private void drop(int count) {
        droppedSinceBatch += count;
        dropped += count;
    }

    /** Whether the next batch is a reset. */
    boolean isReset() {
        return isReset;
    }

    /** Whether there is nothing to send. */
    boolean isEmpty() {
        return waiting.isEmpty() && !isReset;
    }

    /** Takes out the next batch, with at most {@code most} changes. */
    DeliveryContent take(int most) {
        List<EntryChange> changes = new ArrayList<>();
        String after = place;
        Iterator<EntryChanged> each = waiting.values().iterator();
        while (each.hasNext() && changes.size() < most) {
            EntryChanged next = each.next();
            changes.add(next.change());
            after = next.next();
            each.remove();
        }
        DeliveryContent batch =
                new DeliveryContent(waiting.isEmpty() ? place : after, isReset, droppedSinceBatch, changes);
        isReset = false;
        droppedSinceBatch = 0;
        return batch;
    }

    /** How many changes wait. */
    int size() {
        return waiting.size();
    }

    /** How many changes were dropped in all. */
    long dropped() {
        return dropped;
    }
}
