// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.stats.Metric;
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
     * @param effect what it did to the table
     * @param atMs when the entry got its value, in milliseconds since the epoch; if it was removed or its value not stored, when that happened
     * @param site the name of the publisher's site by the policy in force now; empty if it is in none
     */
    record Happened(long number, Notification notification, ChangeRing.ChangeEffect effect, long atMs, String site) {

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

    /** How many requests may wait for changes at a time. */
    int MOST_HELD = 64;

    /** A request that waits for changes. Called by one thread at a time, with no lock held. */
    interface HeldRequest {

        /** The number of the first change that it has not looked at. */
        long next();

        /**
         * Looks at the changes from there on.
         *
         * @param isOver whether it must be answered, because it has waited as long as it may
         * @return whether it is answered now, and so is done with
         */
        boolean look(boolean isOver);
    }

    /** The latest rejections, the oldest first. */
    List<RejectionHistory.Rejection> rejections();

    /** Notes that {@code from} was rejected. */
    void rejected(Jid from, String node, String reason);

    /** The counters, and the sizes of the queues. */
    List<Count> counts();

    /** All figures of the service and of its sites, for programs. */
    List<Metric> metrics();

    /** Distinguishes one run of the service from another. */
    long run();

    /** The number of the next change. */
    long next();

    /** The changes from that number on, as far as they are stored. */
    Past changesFrom(long number);

    /**
     * Holds a request until it is answered. It is called when there are changes that it has not looked at, a burst of them once; and when
     * the time is over, or the service stops.
     *
     * @param waitMs how long it may wait, in milliseconds
     * @return whether it is held; not if {@value #MOST_HELD} are held already
     */
    boolean hold(HeldRequest request, long waitMs);
}
