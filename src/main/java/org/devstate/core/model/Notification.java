// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/**
 * One value on its way to the subscribers that may receive it. It stores its audience and its rendered form, because both are the same
 * for all of them: the policy and the protocol compute them once. Thread-safe.
 */
public final class Notification {

    private final ItemKey key;
    private final Value value;
    private final Jid publisher;
    private final boolean cachable;
    private final boolean offline;
    private final boolean published;
    private final long changedAtMs;

    private volatile @Nullable SessionFilter audience;

    private volatile @Nullable Object rendered;

    private enum NotificationKind {
        PUBLISHED,
        PUBLISHED_OFFLINE,
        OFFLINE,
        NON_CACHABLE
    }

    /**
     * @param key of the entry
     * @param value of the entry
     * @param publisher the session that published it
     * @param cachable whether subscribers may store it (Asterisk: {@code AST_DEVSTATE_CACHABLE})
     */
    public Notification(ItemKey key, Value value, Jid publisher, boolean cachable) {
        this(key, value, publisher, cachable ? NotificationKind.PUBLISHED : NotificationKind.NON_CACHABLE, 0);
    }

    private Notification(ItemKey key, Value value, Jid publisher, NotificationKind kind, long changedAtMs) {
        this.changedAtMs = changedAtMs;
        this.published = kind != NotificationKind.OFFLINE;
        this.cachable = kind != NotificationKind.NON_CACHABLE;
        this.offline = cachable && (kind != NotificationKind.PUBLISHED || isOfflineValue(value));
        this.key = key;
        this.value = value;
        this.publisher = publisher;
    }

    /** The notification of a new last value, that of {@code entry}. */
    public static Notification of(Entry entry) {
        return new Notification(
                entry.key(), entry.value(), entry.publisher(), NotificationKind.PUBLISHED, entry.changedAtMs());
    }

    /**
     * The notification that a key has ended. A subscriber that might receive it when it was created receives it, even if it may not
     * receive the key since: it would else show the value before for good.
     */
    public static Notification offline(ItemKey key, Value offlineValue, Jid publisher) {
        return new Notification(key, offlineValue, publisher, NotificationKind.OFFLINE, 0);
    }

    /** As above, with the value of {@code last}. */
    public static Notification offline(Entry last) {
        return new Notification(
                last.key(), last.value(), last.publisher(), NotificationKind.OFFLINE, last.changedAtMs());
    }

    /**
     * The notification of a publish with the offline state of its site. Subscribers receive it although the policy may cut them off
     * before it leaves: nothing is sent for it when the entry is removed.
     */
    public static Notification publishedOffline(Entry entry) {
        return new Notification(
                entry.key(), entry.value(), entry.publisher(), NotificationKind.PUBLISHED_OFFLINE, entry.changedAtMs());
    }

    /** The notification of the value that counts from now on: {@code entry} did not just change. */
    public static Notification again(Entry entry) {
        return new Notification(entry.key(), entry.value(), entry.publisher(), NotificationKind.PUBLISHED, 0);
    }

    /** The notification of a value that must not be stored. */
    public static Notification nonCachable(ItemKey key, Value value, Jid publisher, long atMs) {
        return new Notification(key, value, publisher, NotificationKind.NON_CACHABLE, atMs);
    }

    /** Whether a value is one that ended keys have: it reveals nothing, and any subscriber may need it. */
    private static boolean isOfflineValue(Value value) {
        return value == DeviceState.UNAVAILABLE || value.equals(MailboxCounts.NONE);
    }

    /** Whether it ends the key; a publish of the offline state by the server itself does so, too. */
    public boolean isOffline() {
        return offline;
    }

    /** The key of the entry. */
    public ItemKey key() {
        return key;
    }

    /** The value of the entry. */
    public Value value() {
        return value;
    }

    /** When it changed, in milliseconds of the {@link org.devstate.core.spi.Clock}; 0 if it did not just change. */
    public long changedAtMs() {
        return changedAtMs;
    }

    /** The session that published it, which is not notified of it. */
    public Jid publisher() {
        return publisher;
    }

    /** Its audience, as last given to {@link #setAudience}; {@code null} before. */
    public @Nullable SessionFilter audience() {
        return audience;
    }

    /** Stores its audience, for callers that can check whether it is still up to date. */
    public void setAudience(SessionFilter audience) {
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

    /** Whether its publisher reports the device as not occupied. An offline state does not: the state of the device is unknown then. */
    public boolean frees() {
        return published && value instanceof DeviceState state && !state.occupies();
    }

    /** Whether a later event of the same key may take its place. */
    public boolean cachable() {
        return cachable;
    }

    /** The last argument of {@link #setRendered}; {@code null} before. */
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
