package org.devstate.core.entries;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.devstate.core.state.TableListener;

/**
 * Sees each change and each removal of an entry, with its {@linkplain Entry#version version} and in the order of the versions of its key.
 * Persistence and the history of changes are attached here; replication to other nodes will be, too. Implementations are thread-safe. They
 * are called with the lock of the entry held: they return at once and call nothing that could wait for that lock.
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
        };
    }
}
