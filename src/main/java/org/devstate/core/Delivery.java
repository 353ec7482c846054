package org.devstate.core;

import java.util.function.BiConsumer;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.Event;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;

/** The last step of an event's way: out of an outbox to the host. Thread-safe. */
record Delivery(Addresses addresses, StanzaSender sender, Counters counters) implements BiConsumer<Jid, Event> {

    @Override
    public void accept(Jid receiver, Event event) {
        try {
            sender.send(receiver, event.to(receiver, addresses.of(receiver)));
            counters.count(Counter.SENT);
        } catch (RuntimeException e) {
            // What the host fails to take must keep neither this receiver nor the others from what follows.
            counters.count(Counter.LOST);
        }
    }
}
