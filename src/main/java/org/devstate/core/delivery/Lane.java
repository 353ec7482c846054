package org.devstate.core.delivery;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** What may leave: device states before mailboxes, and those of one node in the order of their coming. Not thread-safe. */
final class Lane {

    private final TicketQueue states = new TicketQueue();
    private final TicketQueue mailboxes = new TicketQueue();

    /** Puts {@code ticket}, which is in no line and has an event about {@code node}, behind all others. */
    void add(Ticket ticket, NodeType node) {
        line(node).add(ticket);
    }

    /** Whether {@code ticket} waits here. */
    boolean has(Ticket ticket) {
        return ticket.line == states || ticket.line == mailboxes;
    }

    /** Takes out the next one. */
    @Nullable
    Ticket poll() {
        Ticket next = states.poll();
        return next == null ? mailboxes.poll() : next;
    }

    int size() {
        return states.size() + mailboxes.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    private TicketQueue line(NodeType node) {
        return node == NodeType.DEVICE_STATE ? states : mailboxes;
    }
}
