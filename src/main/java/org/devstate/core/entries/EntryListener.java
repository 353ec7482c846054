// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.devstate.core.state.TableListener;

/**
 * Sees each change and each removal of an entry, with its {@linkplain Entry#version version} and in the order of the versions of its key.
 * Persistence, the history of changes, and replication to other nodes are attached here. Implementations are thread-safe. They are called with the lock of the entry held: they return at once and call nothing that could wait for that lock.
 */
public interface EntryListener extends TableListener {

    /**
     * An entry has a new value, or is new.
     *
     * @param notification the one that subscribers receive
     */
    void changed(Entry entry, Notification notification);

    /** A non-cachable value was published: subscribers receive it, and no entry holds it. */
    void publishedNonCachable(Notification notification);

    /**
     * An entry is {@linkplain #removed removed}, and subscribers are notified of its end.
     *
     * @param notification its last value
     */
    void ended(Notification notification);

    /**
     * As {@link #changed}, by another node of the cluster; not to be sent or persisted again.
     *
     * @param notification the one that subscribers receive here
     */
    default void changedElsewhere(Entry entry, Notification notification) {}

    /** As {@link #publishedNonCachable}, by another node of the cluster. */
    default void publishedElsewhere(Notification notification) {}

    /** When the last entry of {@code key} was removed, in milliseconds since the epoch; 0 if that is not known. */
    default long removedAtMs(ItemKey key) {
        return 0;
    }

    /** An entry counts again, under a later time, because its server is here and another node believed that it has gone. */
    default void reasserted(Entry entry) {}

    /**
     * Two listeners as one.
     *
     * @param next called after this one
     */
    default EntryListener and(EntryListener next) {
        EntryListener first = this;
        return new EntryListener() {
            @Override
            public void changed(Entry entry, Notification notification) {
                first.changed(entry, notification);
                next.changed(entry, notification);
            }

            @Override
            public void publishedNonCachable(Notification notification) {
                first.publishedNonCachable(notification);
                next.publishedNonCachable(notification);
            }

            @Override
            public void deviceAdded(ItemKey key, Account account) {
                first.deviceAdded(key, account);
                next.deviceAdded(key, account);
            }

            @Override
            public void removed(Entry last) {
                first.removed(last);
                next.removed(last);
            }

            @Override
            public void ended(Notification notification) {
                first.ended(notification);
                next.ended(notification);
            }

            @Override
            public void changedElsewhere(Entry entry, Notification notification) {
                first.changedElsewhere(entry, notification);
                next.changedElsewhere(entry, notification);
            }

            @Override
            public void publishedElsewhere(Notification notification) {
                first.publishedElsewhere(notification);
                next.publishedElsewhere(notification);
            }

            @Override
            public void removedElsewhere(Entry last) {
                first.removedElsewhere(last);
                next.removedElsewhere(last);
            }

            @Override
            public void renewed(Entry entry) {
                first.renewed(entry);
                next.renewed(entry);
            }

            @Override
            public void removedQuietly(Entry last) {
                first.removedQuietly(last);
                next.removedQuietly(last);
            }

            @Override
            public void reasserted(Entry entry) {
                first.reasserted(entry);
                next.reasserted(entry);
            }

            @Override
            public Entry repeated(Entry entry, long nowMs) {
                return next.repeated(first.repeated(entry, nowMs), nowMs);
            }

            @Override
            public long removedAtMs(ItemKey key) {
                return Math.max(first.removedAtMs(key), next.removedAtMs(key));
            }

            @Override
            public long timeOfChange(ItemKey key, long lastMs, long nowMs) {
                return Math.max(first.timeOfChange(key, lastMs, nowMs), next.timeOfChange(key, lastMs, nowMs));
            }
        };
    }
}
