package org.devstate.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes: a ring of {@value #SIZE} places, in which each new change overwrites the oldest. Thread-safe, without locks: adding
 * a change takes a number and three plain writes, and allocates nothing.
 */
public final class ChangeRing {

    /** The number of changes that the ring holds. */
    public static final int SIZE = 8_192;

    /** Marks a place that is being written. */
    private static final long IN_THE_MAKING = -1;

    /** A change and its number. */
    public record Numbered(long number, Notification notification) {}

    /**
     * Changes, in their order.
     *
     * @param lost whether earlier changes have been overwritten
     * @param next the number of the change that follows them
     */
    public record ChangeBatch(List<Numbered> changes, boolean lost, long next) {}

    private final AtomicLong next = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Notification> notifications = new AtomicReferenceArray<>(SIZE);

    /** For each place, the number of the change in it, plus one. */
    private final AtomicLongArray numbers = new AtomicLongArray(SIZE);

    /** Adds a change, in the place of the oldest one if the ring is full. */
    public void add(Notification notification) {
        long number = next.getAndIncrement();
        int place = (int) (number % SIZE);
        // Readers rely on this order and on nothing more: no reader needs to see the writes at once.
        numbers.lazySet(place, IN_THE_MAKING);
        notifications.lazySet(place, notification);
        numbers.lazySet(place, number + 1);
    }

    /** The number of the next change. */
    public long next() {
        return next.get();
    }

    /** The changes from that number on, up to one that is not written yet. */
    public ChangeBatch from(long number) {
        long end = next.get();
        long first = Math.max(Math.min(number, end), end - SIZE);
        boolean lost = first > number || number > end;
        List<Numbered> changes = new ArrayList<>();
        for (long at = Math.max(0, first); at < end; at++) {
            int place = (int) (at % SIZE);
            long before = numbers.get(place);
            Notification notification = notifications.get(place);
            if (notification != null && before == at + 1 && numbers.get(place) == before) {
                changes.add(new Numbered(at, notification));
            } else if (before > at + 1) {
                lost = true; // overwritten meanwhile
            } else {
                return new ChangeBatch(changes, lost, at);
            }
        }
        return new ChangeBatch(changes, lost, end);
    }
}
