// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;

/** Records sent stanzas, in the order of sending. Thread-safe. */
public final class RecordingSender implements StanzaSender {

    /** One stanza, and its recipient for the host. */
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

    /** The stanzas that were sent to {@code jid}. */
    public List<XmlElement> to(Jid jid) {
        return all().stream().filter(s -> s.to().equals(jid)).map(Sent::stanza).toList();
    }

    /** The messages that were sent to {@code jid}. */
    public List<XmlElement> messagesTo(Jid jid) {
        return to(jid).stream().filter(s -> s.name().equals("message")).toList();
    }

    /** Forgets the stanzas so far. */
    public synchronized void clear() {
        sent.clear();
    }
}
