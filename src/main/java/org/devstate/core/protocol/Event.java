package org.devstate.core.protocol;

import java.util.function.Predicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
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
    private final boolean farewell;
    private final boolean published;
    private final long changedAtMs;

    private volatile @Nullable Predicate<Jid> audience;

    // Written by whoever is first; another thread that misses it writes the same again.
    private volatile @Nullable XmlElement payload;

    /**
     * @param key what it is about
     * @param value what is said
     * @param publisher the session that said it
     * @param cachable whether receivers may keep it (Asterisk: {@code AST_DEVSTATE_CACHABLE})
     */
    public Event(ItemKey key, Value value, Jid publisher, boolean cachable) {
        this(key, value, publisher, cachable, false, 0);
    }

    private Event(ItemKey key, Value value, Jid publisher, boolean cachable, boolean farewell, long changedAtMs) {
        this.changedAtMs = changedAtMs;
        this.published = !farewell;
        this.farewell = farewell || (cachable && saysNothing(value));
        this.key = key;
        this.value = value;
        this.publisher = publisher;
        this.cachable = cachable;
    }

    /** The news that {@code entry} is now the last word. */
    public static Event of(Entry entry) {
        return new Event(entry.key(), entry.value(), entry.publisher(), true, false, entry.changedAtMs());
    }

    /**
     * The news that what was said of a key is over. Who was to hear it when it was said hears it, even where he may no longer hear of
     * the key since: else he would believe for good what he was told before.
     */
    public static Event farewell(ItemKey key, Value lastWord, Jid publisher) {
        return new Event(key, lastWord, publisher, true, true, 0);
    }

    /** As above, where {@code last} is the last word. */
    public static Event farewell(Entry last) {
        return new Event(last.key(), last.value(), last.publisher(), true, true, last.changedAtMs());
    }

    /** {@code entry} once more, as what counts from now on: it did not just change. */
    public static Event again(Entry entry) {
        return new Event(entry.key(), entry.value(), entry.publisher(), true, false, 0);
    }

    /** The news of something that nobody may keep. */
    public static Event passing(ItemKey key, Value value, Jid publisher, long atMs) {
        return new Event(key, value, publisher, false, false, atMs);
    }

    /** Whether a value is what is told of what is over: so nobody learns anything by it, and may need it. */
    private static boolean saysNothing(Value value) {
        return value == DeviceState.UNAVAILABLE || value.equals(MailboxCounts.NONE);
    }

    /** Whether it says that what was said of the key is over; a server's own word that its device is not there is as good. */
    public boolean isFarewell() {
        return farewell;
    }

    /** What it is about. */
    public ItemKey key() {
        return key;
    }

    /** What is said. */
    public Value value() {
        return value;
    }

    /** When it became so, in milliseconds of the {@link org.devstate.core.spi.Clock}; 0 where it did not just change. */
    public long changedAtMs() {
        return changedAtMs;
    }

    /** The session that said it, which is not told again. */
    public Jid publisher() {
        return publisher;
    }

    /** Who may hear of it, as {@link #setAudience} was told last; {@code null} where nobody has asked yet. */
    public @Nullable Predicate<Jid> audience() {
        return audience;
    }

    /** Remembers who may hear of it, for whoever can tell whether that still holds. */
    public void setAudience(Predicate<Jid> hearers) {
        audience = hearers;
    }

    /** Whether {@code other} brings the same value of the same EID. */
    public boolean saysTheSameAs(Event other) {
        return value.equals(other.value) && key.eid().value() == other.key.eid().value();
    }

    /** Whether it brings a device state that {@linkplain DeviceState#occupies occupies} the device. */
    public boolean occupies() {
        return value instanceof DeviceState state && state.occupies();
    }

    /** Whether its publisher says that the device is not occupied. An offline state does not: nobody knows of the device then. */
    public boolean frees() {
        return published && value instanceof DeviceState state && !state.occupies();
    }

    /** Whether a later event of the same key may take its place. */
    public boolean cachable() {
        return cachable;
    }

    /**
     * The message that brings it to a receiver: one item, headline, from the service (XEP-0060, 7.1.2.1). All that it holds is the same
     * for all receivers, and written once.
     */
    public XmlElement to(Jid receiver, Jid service) {
        XmlElement event = payload;
        if (event == null) {
            event = write();
            payload = event;
        }
        return XmlElement.around(
                event,
                "message",
                Namespaces.CLIENT,
                "type",
                "headline",
                "from",
                service.toString(),
                "to",
                receiver.toString());
    }

    private XmlElement write() {
        XmlElement item = Item.of(key, value, cachable, Namespaces.PUBSUB_EVENT);
        XmlElement items = XmlElement.around(
                item, "items", Namespaces.PUBSUB_EVENT, "node", key.node().nodeName());
        return XmlElement.around(items, "event", Namespaces.PUBSUB_EVENT);
    }
}
