package org.devstate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.Event;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;

/** The last step of an event's way: out of an outbox to the host. Thread-safe. */
record Delivery(Addresses addresses, StanzaSender sender, Counters counters) implements BiConsumer<Jid, List<Event>> {

    @Override
    public void accept(Jid receiver, List<Event> events) {
        try {
            send(receiver, addresses.of(receiver), events);
            counters.count(Counter.SENT, events.size());
        } catch (RuntimeException e) {
            // What the host fails to take must keep neither this receiver nor the others from what follows.
            counters.count(Counter.LOST, events.size());
        }
    }

    private void send(Jid receiver, Jid service, List<Event> events) {
        List<XmlElement> messages = new ArrayList<>(events.size());
        for (Event event : events) {
            messages.add(event.to(receiver, service));
        }
        sender.send(receiver, messages);
    }
}
