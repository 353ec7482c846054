// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * The part of a subscriber's backlog that concerns one device of one EID, or one mailbox. At most its latest value is pending: it waits in
 * a line for its turn, or outside of all lines until the key's window closes. If that value occupies a device again, the state that freed
 * the device is pending before it. Not thread-safe.
 */
final class Slot extends Ticket {

    /** The ticket of one non-cachable notification. */
    static final class NonCachableTicket extends Ticket {
        final Slot slot;

        NonCachableTicket(Notification notification, Slot slot) {
            this.notification = notification;
            this.slot = slot;
        }
    }

    /** One of its keys: for a mailbox, the key with the EID that was offered first. */
    final ItemKey key;

    /** Its hash in {@link Slots}, which alone uses it. */
    final int hash;

    @Nullable
    Slot nextInChain;

    /** The number of pending non-cachable notifications. */
    int nonCachable;

    /** Whether a value was sent recently, so that the next one waits until {@link #windowEndNanos}. */
    boolean windowOpen;

    long windowEndNanos;

    /**
     * The value that was sent last, while the window is open; {@code null} if that value is to be sent again all the same, or if another
     * notification was sent since.
     */
    @Nullable
    Notification lastSent;

    /**
     * The state that freed the device before {@link Ticket#notification notification} occupied it again; {@code null} if there is none. It
     * is sent first, and the value a window later: a phone ignores RINGING directly after INUSE.
     */
    @Nullable
    Notification freeing;

    /** Whether its publisher has freed the device since the last value was sent. */
    boolean freed;

    /** Non-cachable notifications that came after a value that is not in line yet. */
    private @Nullable Queue<NonCachableTicket> heldBack;

    /** How many of them came before the value, and are sent directly behind {@link #freeing}. */
    private int behindFreeing;

    Slot(ItemKey key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Whether a value waits for the window to close. */
    boolean holds() {
        return notification != null && line == null;
    }

    /** The pending value that is sent first. */
    @Nullable
    Notification first() {
        return freeing == null ? notification : freeing;
    }

    /** Whether {@code later} may not simply take the place of the value, because the device is free between two occupations. */
    boolean isFreedBefore(Notification later) {
        return freed
                && notification != null
                && !notification.occupies()
                && later.occupies()
                && (lastSent == null || lastSent.occupies());
    }

    /** Whether nothing is pending, and no window is open. */
    boolean isEmpty() {
        return notification == null && !windowOpen && nonCachable == 0;
    }

    /** Puts a non-cachable notification behind the value that is held back. */
    void putBehind(NonCachableTicket ticket) {
        if (heldBack == null) {
            heldBack = new ArrayDeque<>();
        }
        heldBack.add(ticket);
    }

    /** Removes a notification that stands behind the value, if it does. */
    void removeBehind(NonCachableTicket ticket) {
        if (heldBack != null && heldBack.remove(ticket) && behindFreeing > 0) {
            behindFreeing--; // it was the oldest
        }
    }

    /** Puts the notifications behind the replaced value between {@link #freeing} and the new one. */
    void moveBehindFreeing() {
        behindFreeing = heldBack == null ? 0 : heldBack.size();
    }

    /** Moves the notifications behind {@link #freeing} into {@code lane}; if there is no such state, those behind the value. */
    void freeBehind(Lane lane) {
        if (heldBack == null) {
            return;
        }
        int count = freeing == null ? heldBack.size() : behindFreeing;
        behindFreeing = 0;
        for (int i = 0; i < count; i++) {
            lane.add(heldBack.remove(), key.node());
            lastSent = null;
        }
        if (heldBack.isEmpty()) {
            heldBack = null;
        }
    }
}
