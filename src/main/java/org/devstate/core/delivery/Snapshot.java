package org.devstate.core.delivery;

import org.devstate.core.model.Notification;

/**
 * What a new subscriber is told of what was known before: read while it is sent, and so never in memory as a whole.
 * Used by one thread at a time.
 */
@FunctionalInterface
public interface Snapshot {

    /** The subscriber to whom it is told. */
    interface Receiver {

        /** Whether it may hear {@code notification}, or has published that itself: nothing older of its mailbox counts for it then. */
        boolean knows(Notification notification);

        /** Takes {@code notification}, which is cachable; tells whether it is to hear it. */
        boolean offer(Notification notification);
    }

    /**
     * Reads the next part, in line with the changes of what it reads: between the reading of an event and its being offered no
     * newer one of its key, or mailbox, is offered.
     *
     * @param receiver is offered each event of a device, and of each mailbox the newest that it may hear
     * @return whether there was another part
     */
    boolean read(Receiver receiver);
}
