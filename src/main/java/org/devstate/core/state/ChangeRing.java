// SPDX-License-Identifier: Apache-2.0
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
 * a change takes a number and four plain writes, and allocates nothing.
 */
public final class ChangeRing {

    /** The number of changes that the ring holds. */
    public static final int SIZE = 8_192;

    /** Marks a place that is being written. */
    private static final long IN_THE_MAKING = -1;

    private static final int EFFECT_BITS = 2;
    private static final int EFFECT_MASK = (1 << EFFECT_BITS) - 1;

    /** What a change did to the table. */
    public enum ChangeEffect {
        /** The table has the entry, with the value of the notification. */
        STORED(0, "stored"),
        /** As {@link #STORED}, with the value that it had: its account, site or time is another one, and no subscriber was notified. */
        MOVED(1, "moved"),
        /** The table does not have the entry any more. */
        REMOVED(2, "removed"),
        /** The value was not cachable: it was delivered, and the table is as it was. */
        DELIVERED(3, "delivered");

        /** By their codes. */
        private static final ChangeEffect[] ALL = values();

        private final int code;
        private final String word;

        ChangeEffect(int code, String word) {
            this.code = code;
            this.word = word;
        }

        /** For people and programs. */
        public String word() {
            return word;
        }
    }

    /**
     * A change and its number.
     *
     * @param atMs in milliseconds since the epoch: when the entry got its value; if it has none any more, or the value was not stored, when
     *     that happened
     */
    public record Numbered(long number, Notification notification, ChangeEffect effect, long atMs) {}

    /** Waits for changes. */
    @FunctionalInterface
    public interface ChangeWaiter {

        /** A change was added. Called with the lock of an entry held: returns at once. */
        void changed();
    }

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

    /** For each place, the time of the change in it and, in the lowest bits, its effect. */
    private final AtomicLongArray details = new AtomicLongArray(SIZE);

    private volatile @Nullable ChangeWaiter waiter;

    /**
     * Sets who waits for changes; {@code null} for none. A change that was added before may be reported or not: the caller compares
     * {@link #next} afterwards.
     */
    public void setWaiter(@Nullable ChangeWaiter changed) {
        waiter = changed;
    }

    /**
     * Adds a change, in the place of the oldest one if the ring is full.
     *
     * @param atMs see {@link Numbered}
     */
    public void add(Notification notification, ChangeEffect effect, long atMs) {
        long number = next.getAndIncrement();
        int place = (int) (number % SIZE);
        // Readers rely on this order and on nothing more: no reader needs to see the writes at once.
        numbers.lazySet(place, IN_THE_MAKING);
        notifications.lazySet(place, notification);
        details.lazySet(place, atMs << EFFECT_BITS | effect.code);
        numbers.lazySet(place, number + 1);
        ChangeWaiter waiting = waiter;
        if (waiting != null) {
            waiting.changed();
        }
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
            long detail = details.get(place);
            if (notification != null && before == at + 1 && numbers.get(place) == before) {
                changes.add(numbered(at, notification, detail));
            } else if (before > at + 1) {
                lost = true; // overwritten meanwhile
            } else {
                return new ChangeBatch(changes, lost, at);
            }
        }
        return new ChangeBatch(changes, lost, end);
    }

    private static Numbered numbered(long number, Notification notification, long detail) {
        return new Numbered(number, notification, ChangeEffect.ALL[(int) detail & EFFECT_MASK], detail >> EFFECT_BITS);
    }
}
