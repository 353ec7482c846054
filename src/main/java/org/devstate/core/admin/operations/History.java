package org.devstate.core.admin.operations;

import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.stats.RejectionHistory;

/** Recent changes and rejections, and the counters. Implementations are thread-safe. */
public interface History {

    /**
     * A number and its meaning.
     *
     * @param name for programs
     * @param meaning the same for people
     */
    record Count(String name, long value, String meaning) {}

    /**
     * A change.
     *
     * @param number from 0; of two changes the later one has the higher number
     * @param notification as subscribers received it
     * @param site the name of the publisher's site; empty if it is in none
     */
    record Happened(long number, Notification notification, String site) {

        /** When, in milliseconds since the epoch. */
        public long atMs() {
            return notification.changedAtMs();
        }

        public ItemKey key() {
            return notification.key();
        }

        public Value value() {
            return notification.value();
        }

        /** The account of the publisher. */
        public Account account() {
            return notification.publisher().account();
        }
    }

    /**
     * Changes, in their order.
     *
     * @param lost whether there were some before these that are forgotten
     * @param next the number of the change that follows them
     */
    record Past(List<Happened> changes, boolean lost, long next) {}

    /** The latest rejections, the oldest first. */
    List<RejectionHistory.Rejection> rejections();

    /** Notes that {@code from} was rejected. */
    void rejected(Jid from, String node, String reason);

    /** The counters, and the sizes of the queues. */
    List<Count> counts();

    /** Distinguishes one run of the service from another. */
    long run();

    /** The number of the next change. */
    long next();

    /** The changes from that number on, as far as they are stored. */
    Past changesFrom(long number);
}
