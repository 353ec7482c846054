package org.devstate.core.entries;

import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;

/**
 * Sees each change of an entry, with its {@linkplain Entry#version version} and in the order of the versions of its key. Persistence and the
 * history of changes are attached here; replication to other nodes would be, too. Implementations are thread-safe. They are called with
 * the lock of the entry held, see {@link EntryRecorder}: they return at once and call nothing that could wait for that lock.
 */
public interface EntryListener {

    /**
     * An entry has a new value, or is new.
     *
     * @param notification the one that subscribers receive
     */
    void changed(Entry entry, Notification notification);

    /** A non-cachable value was published: subscribers receive it, and no entry holds it. */
    void passed(Notification notification);

    /** An entry was removed. */
    void removed(ItemKey key);

    /**
     * An entry was removed, and subscribers are notified of its end.
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
            public void passed(Notification notification) {
                first.passed(notification);
                next.passed(notification);
            }

            @Override
            public void removed(ItemKey key) {
                first.removed(key);
                next.removed(key);
            }

            @Override
            public void ended(Notification notification) {
                first.ended(notification);
                next.ended(notification);
            }
        };
    }
}
