package org.devstate.core.protocol;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way to those who may know it: the canonical form of an item, written once however many receive it.
 * Thread-safe.
 */
public final class Event {
    private final ItemKey key;
    private final Value value;
    private final Jid publisher;
    private final boolean cachable;

    // Written by whoever is first; another thread that misses it writes the same again.
    private volatile @Nullable XmlElement payload;

    /**
     * @param key what it is about
     * @param value what is said
     * @param publisher the session that said it
     * @param cachable whether receivers may keep it (Asterisk: {@code AST_DEVSTATE_CACHABLE})
     */
    public Event(ItemKey key, Value value, Jid publisher, boolean cachable) {
        this.key = key;
        this.value = value;
        this.publisher = publisher;
        this.cachable = cachable;
    }

    /** What it is about. */
    public ItemKey key() {
        return key;
    }

    /** The session that said it, which is not told again. */
    public Jid publisher() {
        return publisher;
    }

    /** Whether a later event of the same key may take its place. */
    public boolean cachable() {
        return cachable;
    }

    /** The message that brings it to {@code receiver}: one item, headline, from the service (XEP-0060, 7.1.2.1). */
    public XmlElement to(Jid receiver, Jid service) {
        XmlElement event = payload;
        if (event == null) {
            event = write();
            payload = event;
        }
        return XmlElement.element("message", Namespaces.CLIENT)
                .attribute("type", "headline")
                .attribute("from", service.toString())
                .attribute("to", receiver.toString())
                .child(event)
                .build();
    }

    private XmlElement write() {
        XmlElement item = XmlElement.element("item", Namespaces.PUBSUB_EVENT)
                .attribute("id", key.id())
                .child(value instanceof MailboxCounts counts ? mailbox(counts) : state((DeviceState) value))
                .build();
        XmlElement items = XmlElement.element("items", Namespaces.PUBSUB_EVENT)
                .attribute("node", key.node().nodeName())
                .child(item)
                .build();
        return XmlElement.element("event", Namespaces.PUBSUB_EVENT).child(items).build();
    }

    private XmlElement state(DeviceState state) {
        return XmlElement.element("state", Namespaces.ASTERISK)
                .attribute("eid", key.eid().toString())
                .attribute("cachable", cachable ? "1" : "0")
                .text(state.name())
                .build();
    }

    private XmlElement mailbox(MailboxCounts counts) {
        return XmlElement.element("mailbox", Namespaces.ASTERISK)
                .attribute("eid", key.eid().toString())
                .child(count("NEWMSGS", counts.newMessages()))
                .child(count("OLDMSGS", counts.oldMessages()))
                .build();
    }

    private static XmlElement count(String name, int count) {
        return XmlElement.element(name, Namespaces.ASTERISK)
                .text(Integer.toString(count))
                .build();
    }
}
