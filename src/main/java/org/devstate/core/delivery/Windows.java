package org.devstate.core.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were sent of late. All windows being of one length, they close in the order in which they opened. Not thread-safe.
 */
final class Windows {

    private final Queue<Slot> open = new ArrayDeque<>();
    private long lengthNanos;
    private long lastEndNanos;

    /** @param lengthNanos 0 for no windows at all */
    Windows(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** Makes windows that long from now on. Those that are open close when one would that opened now, or before. */
    void setLength(long nanos, long nowNanos) {
        lengthNanos = nanos;
        lastEndNanos = Math.min(lastEndNanos, nowNanos + nanos);
        open.forEach(slot -> slot.windowEndNanos = Math.min(slot.windowEndNanos, nowNanos + nanos));
    }

    /**
     * A value of a key leaves whose window is not open: the next one waits.
     *
     * @param told what is told last by that; {@code null} where something else of the key is to leave before the next value
     */
    void open(Slot slot, @Nullable Notification told, long nowNanos) {
        if (lengthNanos > 0) {
            lastEndNanos = nowNanos + lengthNanos;
            slot.windowOpen = true;
            slot.windowEndNanos = lastEndNanos;
            slot.told = told;
            open.add(slot);
        }
    }

    /** Closes the windows whose time is up, and gives {@code closed} their slots, in order. */
    void close(long nowNanos, Consumer<Slot> closed) {
        for (Slot slot = open.peek(); slot != null && slot.windowEndNanos <= nowNanos; slot = open.peek()) {
            open.remove();
            slot.windowOpen = false;
            slot.told = null;
            closed.accept(slot);
        }
    }

    /** Lets what was told last of {@code node} be told again. */
    void repeat(NodeType node) {
        open.forEach(slot -> {
            if (slot.key.node() == node) {
                slot.told = null;
            }
        });
    }

    void forget(NodeType node) {
        open.removeIf(slot -> slot.key.node() == node);
    }

    /**
     * When {@link #close} is to be called next; {@link Pacer#NEVER} where no window is open.
     *
     * @param holding whether anything is held back: if not, it is enough to look once, when all windows are closed, to forget them
     */
    long dueNanos(boolean holding) {
        Slot first = open.peek();
        if (first == null) {
            return Pacer.NEVER;
        }
        return holding ? first.windowEndNanos : lastEndNanos;
    }
}
