// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * The slots whose windows are open. All windows have one length, so they close in the order in which they opened. Not thread-safe.
 */
final class Windows {

    private final Queue<Slot> open = new ArrayDeque<>();
    private long lengthNanos;
    private long lastEndNanos;

    /** @param lengthNanos 0 for no windows at all */
    Windows(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** Sets the length of new windows. Open windows close no later than one that opens now. */
    void setLength(long nanos, long nowNanos) {
        lengthNanos = nanos;
        lastEndNanos = Math.min(lastEndNanos, nowNanos + nanos);
        open.forEach(slot -> slot.windowEndNanos = Math.min(slot.windowEndNanos, nowNanos + nanos));
    }

    /**
     * Opens the window of a slot whose value leaves: the next value waits.
     *
     * @param lastSent the value that leaves; {@code null} if another notification of the key is to leave before the next value
     */
    void open(Slot slot, @Nullable Notification lastSent, long nowNanos) {
        if (lengthNanos > 0) {
            lastEndNanos = nowNanos + lengthNanos;
            slot.windowOpen = true;
            slot.windowEndNanos = lastEndNanos;
            slot.lastSent = lastSent;
            open.add(slot);
        }
    }

    /** Closes the windows whose time is up, and gives {@code closed} their slots, in order. */
    void close(long nowNanos, Consumer<Slot> closed) {
        for (Slot slot = open.peek(); slot != null && slot.windowEndNanos <= nowNanos; slot = open.peek()) {
            open.remove();
            slot.windowOpen = false;
            slot.lastSent = null;
            closed.accept(slot);
        }
    }

    /** Lets values of {@code node} leave even if they repeat the value that was sent last. */
    void repeat(NodeType node) {
        open.forEach(slot -> {
            if (slot.key.node() == node) {
                slot.lastSent = null;
            }
        });
    }

    void forget(NodeType node) {
        open.removeIf(slot -> slot.key.node() == node);
    }

    /**
     * When {@link #close} is to be called next; {@link Pacer#NEVER} if no window is open.
     *
     * @param holding whether a value is held back; if not, one call after all windows have ended is enough to forget them
     */
    long dueNanos(boolean holding) {
        Slot first = open.peek();
        if (first == null) {
            return Pacer.NEVER;
        }
        return holding ? first.windowEndNanos : lastEndNanos;
    }
}
