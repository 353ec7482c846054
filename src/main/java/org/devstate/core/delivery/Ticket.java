// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.Notification;
import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link TicketQueue} for a notification. It is in one line at most, and knows which, so that it can leave without a search.
 * Not thread-safe.
 */
class Ticket {

    /** The notification to send when its turn comes; {@code null} for none. */
    @Nullable
    Notification notification;

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
