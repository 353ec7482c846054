package org.devstate.core.model;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way to the subscribers that may receive it. It remembers its audience and its rendered form, as both are the same for
 * all of them: the policy and the protocol decide them once. Thread-safe.
 */
public final class Notification {

    private final ItemKey key;
    private final Value value;
    private final Jid publisher;
    private final boolean cachable;
    private final boolean offline;
    private final boolean published;
    private final long changedAtMs;

    private volatile @Nullable Predicate<Jid> audience;

    private volatile @Nullable Object rendered;

    private enum Kind {
        PUBLISHED,
        PUBLISHED_OFFLINE,
        OFFLINE
    }

    /**
     * @param key what it is about
     * @param value what is said
     * @param publisher the session that said it
     * @param cachable whether receivers may keep it (Asterisk: {@code AST_DEVSTATE_CACHABLE})
     */
    public Notification(ItemKey key, Value value, Jid publisher, boolean cachable) {
        this(key, value, publisher, cachable, Kind.PUBLISHED, 0);
    }

    private Notification(ItemKey key, Value value, Jid publisher, boolean cachable, Kind kind, long changedAtMs) {
        this.changedAtMs = changedAtMs;
        this.published = kind != Kind.OFFLINE;
        this.offline = kind != Kind.PUBLISHED || (cachable && isOfflineValue(value));
        this.key = key;
        this.value = value;
        this.publisher = publisher;
        this.cachable = cachable;
    }

    /** The news that {@code entry} is now the last word. */
    public static Notification of(Entry entry) {
        return new Notification(
                entry.key(), entry.value(), entry.publisher(), true, Kind.PUBLISHED, entry.changedAtMs());
    }

    /**
     * The news that what was said of a key is over. Who was to hear it when it was said hears it, even where he may no longer hear of
     * the key since: else he would believe for good what he was told before.
     */
    public static Notification offline(ItemKey key, Value offlineValue, Jid publisher) {
        return new Notification(key, offlineValue, publisher, true, Kind.OFFLINE, 0);
    }

    /** As above, where {@code last} is the last word. */
    public static Notification offline(Entry last) {
        return new Notification(last.key(), last.value(), last.publisher(), true, Kind.OFFLINE, last.changedAtMs());
    }

    /**
     * A server has published what is the offline state of its site. Subscribers receive it although the policy may cut them off before it
     * leaves: nothing is sent for it when the entry is removed.
     */
    public static Notification publishedOffline(Entry entry) {
        return new Notification(
                entry.key(), entry.value(), entry.publisher(), true, Kind.PUBLISHED_OFFLINE, entry.changedAtMs());
    }

    /** {@code entry} once more, as what counts from now on: it did not just change. */
    public static Notification again(Entry entry) {
        return new Notification(entry.key(), entry.value(), entry.publisher(), true, Kind.PUBLISHED, 0);
    }

    /** The news of something that nobody may keep. */
    public static Notification nonCachable(ItemKey key, Value value, Jid publisher, long atMs) {
        return new Notification(key, value, publisher, false, Kind.PUBLISHED, atMs);
    }

    /** Whether a value is what is told of what is over: so nobody learns anything by it, and may need it. */
    private static boolean isOfflineValue(Value value) {
        return value == DeviceState.UNAVAILABLE || value.equals(MailboxCounts.NONE);
    }

    /** Whether it says that what was said of the key is over; a server's own word that its device is not there is as good. */
    public boolean isOffline() {
        return offline;
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
    public void setAudience(Predicate<Jid> audience) {
        this.audience = audience;
    }

    /** Whether {@code other} brings the same value of the same EID. */
    public boolean hasSameValueAs(Notification other) {
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

    /** What {@link #setRendered} was given last; {@code null} before. */
    public @Nullable Object rendered() {
        return rendered;
    }

    /**
     * Remembers a form of this notification that is the same for all subscribers, so that it is made once.
     *
     * @param form immutable; threads that race write the same
     */
    public void setRendered(Object form) {
        rendered = form;
    }
}
