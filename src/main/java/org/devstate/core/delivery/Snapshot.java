// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.Notification;

/**
 * The stored entries that a new subscriber receives: read while they are sent, and so never in memory as a whole.
 * Used by one thread at a time.
 */
@FunctionalInterface
public interface Snapshot {

    /** The subscriber of the snapshot. */
    interface Recipient {

        /** Whether it may receive {@code notification}, or has published that itself: nothing older of its mailbox counts for it then. */
        boolean knows(Notification notification);

        /** Takes {@code notification}, which is cachable; returns whether it is to receive it. */
        boolean offer(Notification notification);
    }

    /** Reads a snapshot for one subscriber. Called with no lock held. */
    @FunctionalInterface
    interface Reader {

        /** Reads the next part; returns whether there was one. */
        boolean readNext();
    }

    /**
     * Reads the next part, in line with the changes of its entries: between reading a notification and offering it, no newer one of its
     * key, or mailbox, is offered.
     *
     * @param recipient takes each entry of a device, and of each mailbox the newest that it may receive
     * @return whether there was another part
     */
    boolean read(Recipient recipient);
}
