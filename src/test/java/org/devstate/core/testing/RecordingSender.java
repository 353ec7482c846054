package org.devstate.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;

/** Keeps what was sent, in the order of sending. Thread-safe. */
public final class RecordingSender implements StanzaSender {

    /** One stanza, and whom it was given to the host for. */
    public record Sent(Jid to, XmlElement stanza) {}

    private final List<Sent> sent = new ArrayList<>();

    @Override
    public synchronized void send(Jid to, XmlElement stanza) {
        sent.add(new Sent(to, stanza));
    }

    /** All that was sent. */
    public synchronized List<Sent> all() {
        return List.copyOf(sent);
    }

    /** What was sent to {@code jid}. */
    public List<XmlElement> to(Jid jid) {
        return all().stream().filter(s -> s.to().equals(jid)).map(Sent::stanza).toList();
    }

    /** The messages among what was sent to {@code jid}. */
    public List<XmlElement> messagesTo(Jid jid) {
        return to(jid).stream().filter(s -> s.name().equals("message")).toList();
    }

    /** Forgets what was sent so far. */
    public synchronized void clear() {
        sent.clear();
    }
}
