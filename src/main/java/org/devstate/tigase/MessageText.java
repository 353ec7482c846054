package org.devstate.tigase;

import org.devstate.core.protocol.XmlElement;
import tigase.xml.Element;

/**
 * Messages to one connection as the text that is written to it: for Tigase it is the first of them, without what is inside. The
 * connection's manager writes packet by packet, and each costs a record of TLS, a call of the system and a waking of a thread, so that
 * many messages in one packet cost little more than one. Thread-safe.
 */
@SuppressWarnings({"serial", "NullAway"}) // no text of its own: Tigase says so with null
final class MessageText extends Element {

    private final String text;

    /**
     * @param first of the messages
     * @param text all of them
     */
    MessageText(XmlElement first, String text) {
        super(
                first.name(),
                (String) null,
                first.attributes().keySet().toArray(new String[0]),
                first.attributes().values().toArray(new String[0]));
        this.text = text;
    }

    /** Itself. */
    @Override
    @SuppressWarnings("MissingSuperCall") // a copy would be of the first message only
    public Element clone() {
        return this;
    }

    @Override
    public void toString(StringBuilder out) {
        out.append(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
