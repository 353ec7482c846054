package org.devstate.core.delivery;

import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link TicketQueue} for an event: it is in one line at most, and knows in which, so that it leaves it without being looked
 * for. Not thread-safe.
 */
class Ticket {

    /** What is to be told when its turn comes; {@code null} for nothing. */
    @Nullable
    Notification event;

    @Nullable
    TicketQueue line;

    @Nullable
    Ticket previous;

    @Nullable
    Ticket next;

    /** Whether it waits for its turn. */
    final boolean isInLine() {
        return line != null;
    }

    /** Leaves its line, if it is in one. */
    final void leave() {
        if (line != null) {
            line.remove(this);
        }
    }
}
