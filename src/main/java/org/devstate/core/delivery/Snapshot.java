package org.devstate.core.delivery;

import java.util.function.Predicate;
import org.devstate.core.protocol.Event;

/**
 * What somebody who subscribes is told of what was known before: read while it is sent, and so never in memory as a whole.
 * Used by one thread at a time.
 */
@FunctionalInterface
public interface Snapshot {

    /**
     * Reads the next part, in line with the changes of what it reads: between the reading of an event and its being offered no
     * newer one of its key is offered.
     *
     * @param receiver is offered each event, which is cachable, and tells whether it is to hear it
     * @return whether there was another part
     */
    boolean read(Predicate<Event> receiver);
}
