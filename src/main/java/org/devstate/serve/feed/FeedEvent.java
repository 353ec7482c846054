// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import org.devstate.core.admin.form.Table;

/** Something that happened, in the order in which clients get it. Immutable. */
public sealed interface FeedEvent {

    /**
     * A device or mailbox has changed.
     *
     * @param next the place in the history after it, {@code run-number}: a client that resumes from there gets the later ones
     */
    record EntryChanged(String next, EntryChange change) implements FeedEvent {}

    /**
     * The table was read anew, so that clients do the same.
     *
     * @param next the place in the history from which later changes follow
     */
    record MirrorRenewed(String next) implements FeedEvent {}

    /** Another set of sites, servers, or figures of them. */
    record FiguresRead(FigureKind kind, Table table) implements FeedEvent {}

    /** A new rejection: a table with one row. */
    record RejectionSeen(Table row) implements FeedEvent {}

    /** The connection to the service was made or lost. */
    record StatusChanged(FeedStatus status) implements FeedEvent {}

    /** A table that is read again and again. */
    enum FigureKind {
        SITES("devstate-sites"),
        SERVERS("devstate-servers"),
        REJECTIONS("devstate-rejections");

        private final String command;

        FigureKind(String command) {
            this.command = command;
        }

        /** The ad-hoc command that lists it. */
        public String command() {
            return command;
        }
    }
}
