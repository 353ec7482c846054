// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;

/**
 * Sees which entries the table begins and ceases to have, however that comes about; not those that are restored. Called with the lock of
 * the entry held: an implementation returns at once.
 */
public interface TableListener {

    /** Ignores all. */
    TableListener NONE = new TableListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {}
    };

    /** A device is new, or another account's than before. */
    void deviceAdded(ItemKey key, Account account);

    /**
     * An entry was removed.
     *
     * @param last the entry as it was, with its version; a later entry of its key has a higher one
     */
    void removed(Entry last);

    /** As {@link #removed}, by another node of the cluster; not to be sent or persisted again. */
    default void removedElsewhere(Entry last) {}

    /**
     * A mailbox was published again by another session, with its value. In a cluster, that has a time of its own, because the later publish
     * counts.
     *
     * @return the entry that is stored
     */
    default Entry repeated(Entry entry, long nowMs) {
        return entry;
    }

    /**
     * An entry has the value that it had, under another account, site or time; no subscriber is notified. Not called if its session alone
     * is another one.
     */
    default void renewed(Entry entry) {}

    /**
     * An entry was {@linkplain #removed removed}, and no subscriber is notified: its last value is that of an entry that has ended,
     * or no subscriber may receive it.
     */
    default void removedQuietly(Entry last) {}

    /**
     * The time of a change of {@code key}, in milliseconds since the epoch: now, or in a cluster, if the clock was set back, after the change
     * before.
     *
     * @param lastMs the time of the entry until now; 0 if there is none
     * @param nowMs by the clock
     */
    default long timeOfChange(ItemKey key, long lastMs, long nowMs) {
        return nowMs;
    }
}
