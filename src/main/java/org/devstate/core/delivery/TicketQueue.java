// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.jspecify.annotations.Nullable;

/** Tickets in order of arrival. Joining costs the same as leaving from any place in the line. Not thread-safe. */
final class TicketQueue {

    private @Nullable Ticket first;
    private @Nullable Ticket last;
    private int size;

    /** Adds {@code ticket}, which is in no line, behind all others. */
    void add(Ticket ticket) {
        ticket.line = this;
        ticket.previous = last;
        if (last == null) {
            first = ticket;
        } else {
            last.next = ticket;
        }
        last = ticket;
        size++;
    }

    /** Removes {@code ticket}, which is in this line. */
    void remove(Ticket ticket) {
        Ticket previous = ticket.previous;
        Ticket next = ticket.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        ticket.line = null;
        ticket.previous = null;
        ticket.next = null;
        size--;
    }

    /** Removes the ticket that has waited longest. */
    @Nullable
    Ticket poll() {
        Ticket next = first;
        if (next != null) {
            remove(next);
        }
        return next;
    }

    int size() {
        return size;
    }
}
