package org.devstate.core.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import org.devstate.core.model.ItemKey;
import org.devstate.core.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * All that a receiver's backlog has of one device of one EID, or of one mailbox. Of its values the last one is pending, if any: it waits in a line for its turn, or
 * outside of all lines until the key's window closes. Not thread-safe.
 */
final class Slot extends Ticket {

    /** Of an event that is not cachable, and stands for itself. */
    static final class Passing extends Ticket {
        final Slot slot;

        Passing(Event passing, Slot slot) {
            this.event = passing;
            this.slot = slot;
        }
    }

    /** One of its keys: of a mailbox, that of the EID that was heard of first. */
    final ItemKey key;

    /** Its place among {@link Slots}, which have it to themselves. */
    final int hash;

    @Nullable
    Slot nextInChain;

    /** How many events that are not cachable are pending. */
    int passing;

    /** Whether a value was sent of late, so that the next one waits; until {@link #windowEndNanos}. */
    boolean windowOpen;

    long windowEndNanos;

    /**
     * What was told last, while the window is open; unknown where that is to be told again all the same, or where something else was told
     * since.
     */
    @Nullable
    Event told;

    /** What must not be kept and came after the value that is held back. */
    private @Nullable Queue<Passing> heldBack;

    Slot(ItemKey key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    /** Whether a value waits for the window to close. */
    boolean holds() {
        return event != null && line == null;
    }

    /** Whether there is nothing to keep in mind of the key. */
    boolean isEmpty() {
        return event == null && !windowOpen && passing == 0;
    }

    /** Lets an event that is not cachable stand behind the value that is held back. */
    void putBehind(Passing ticket) {
        if (heldBack == null) {
            heldBack = new ArrayDeque<>();
        }
        heldBack.add(ticket);
    }

    /** Takes out an event that stands behind the value, if it does. */
    void removeBehind(Passing ticket) {
        if (heldBack != null) {
            heldBack.remove(ticket);
        }
    }

    /** Lets all that stands behind the value go into {@code lane}. */
    void freeBehind(Lane lane) {
        if (heldBack != null) {
            heldBack.forEach(ticket -> lane.add(ticket, key.node()));
            heldBack = null;
            told = null;
        }
    }
}
