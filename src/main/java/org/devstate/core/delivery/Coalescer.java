// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.Objects;
import org.devstate.core.model.Notification;
import org.devstate.core.stats.LossCounters;

/**
 * Decides which values of a key stay pending when a later one comes: the latest value, and before it the state that freed the device,
 * if both the last notification and the latest value occupy it. A phone ignores RINGING directly after INUSE, because a line that is in
 * use cannot ring before it is idle. The two are sent a window apart, so that a key has at most one notification a window. Not
 * thread-safe.
 */
final class Coalescer {

    private final Lane changes;
    private final LossCounters losses;

    /** How many values are held back. */
    private int holding;

    /** How many keys have two values pending. */
    private int freeings;

    /** @param changes the lane for values that are not held back */
    Coalescer(Lane changes, LossCounters losses) {
        this.changes = changes;
        this.losses = losses;
    }

    /** Makes {@code notification}, which is cachable, the latest value. */
    void offer(Slot slot, Notification notification) {
        if (slot.windowOpen) {
            hold(slot, notification);
        } else {
            put(slot, notification);
        }
        slot.freed |= notification.frees();
    }

    /** Adds a value to the changes; an older one that nothing stands behind gives its place up for it. */
    private void put(Slot slot, Notification notification) {
        if (changes.has(slot) && putBehindFreeing(slot, notification)) {
            return;
        }
        boolean replaces = slot.notification != null;
        if (replaces) {
            losses.coalesced.increment();
            dropFreeing(slot);
        }
        slot.notification = notification;
        if (!replaces || slot.nonCachable > 0 || !changes.has(slot)) {
            slot.leave();
            slot.freeBehind(changes);
            changes.add(slot, slot.key.node());
        }
    }

    /** Holds a value back in the place of an older one; if it repeats the last notification, neither is to be sent. */
    private void hold(Slot slot, Notification notification) {
        if (slot.holds()) {
            if (putBehindFreeing(slot, notification)) {
                return;
            }
            losses.coalesced.increment();
            drop(slot);
        }
        if (slot.lastSent != null && slot.lastSent.hasSameValueAs(notification)) {
            losses.coalesced.increment();
        } else {
            slot.notification = notification;
            holding++;
        }
    }

    /**
     * Puts a value that occupies a device behind the pending state that freed it.
     *
     * @return whether there is such a state; if not, nothing has changed
     */
    private boolean putBehindFreeing(Slot slot, Notification notification) {
        if (slot.freeing != null && notification.occupies()) {
            losses.coalesced.increment();
        } else if (slot.freeing == null && slot.isFreedBefore(notification)) {
            slot.freeing = slot.notification;
            freeings++;
        } else {
            return false;
        }
        slot.notification = notification;
        slot.moveBehindFreeing();
        if (slot.isInLine()) {
            slot.freeBehind(changes);
        }
        return true;
    }

    private void dropFreeing(Slot slot) {
        if (slot.freeing != null) {
            slot.freeing = null;
            freeings--;
            losses.coalesced.increment();
        }
    }

    /** Drops the pending values of the slot, but not its non-cachable notifications. */
    void drop(Slot slot) {
        if (slot.holds()) {
            holding--;
        }
        dropFreeing(slot);
        slot.notification = null;
        slot.leave();
        slot.freeBehind(changes);
    }

    /** The slot's window has closed: its held value goes among the changes. */
    void release(Slot slot) {
        holding--;
        changes.add(slot, slot.key.node());
        slot.freeBehind(changes);
    }

    /** Takes the next notification of a slot whose turn has come. {@link #hasLeft} must follow. */
    Notification take(Slot slot) {
        Notification first = Objects.requireNonNull(slot.first()); // or it would stand in no line
        slot.freed = false;
        if (slot.freeing == null) {
            slot.notification = null;
        } else {
            slot.freeing = null;
            freeings--;
        }
        return first;
    }

    /** The taken notification has left, or not: the value behind it waits for the window, if that is open now. */
    void hasLeft(Slot slot) {
        if (slot.notification == null) {
            return;
        }
        if (slot.windowOpen) {
            holding++;
        } else {
            changes.add(slot, slot.key.node());
            slot.freeBehind(changes);
        }
    }

    /** The slot is forgotten, with all that it holds. */
    void forget(Slot slot) {
        if (slot.holds()) {
            holding--;
        }
        if (slot.freeing != null) {
            freeings--;
        }
        slot.leave();
    }

    boolean holdsAny() {
        return holding > 0;
    }

    /** How many values are pending that are in no line. */
    int size() {
        return holding + freeings;
    }
}
