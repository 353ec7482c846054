// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** The tickets that may leave: device states before mailboxes, and those of one node in order of arrival. Not thread-safe. */
final class Lane {

    private final TicketQueue states = new TicketQueue();
    private final TicketQueue mailboxes = new TicketQueue();

    /** Adds {@code ticket}, which is in no line and has a notification of {@code node}, behind all others of the node. */
    void add(Ticket ticket, NodeType node) {
        line(node).add(ticket);
    }

    /** Whether {@code ticket} waits here. */
    boolean has(Ticket ticket) {
        return ticket.line == states || ticket.line == mailboxes;
    }

    /** Removes the next ticket. */
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
