// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/**
 * Persists the counts of mailboxes, and which devices there are. States of devices are not persisted: Asterisk publishes all of them again
 * when it connects. Thread-safe.
 */
public record EntryPersister(Persister persister) implements EntryListener {

    @Override
    public void changed(Entry entry, Notification notification) {
        if (entry.value() instanceof MailboxCounts counts) {
            Account account = entry.publisher().account();
            persister.persist(new Change.Mailbox(entry.key(), counts, account, entry.changedAtMs()));
        }
    }

    @Override
    public void reasserted(Entry entry) {
        changed(entry, Notification.of(entry));
    }

    @Override
    public void publishedNonCachable(Notification notification) {}

    @Override
    public void removed(Entry last) {
        ItemKey key = last.key();
        persister.persist(
                key.node() == NodeType.MESSAGE_WAITING ? new Change.MailboxGone(key) : new Change.DeviceGone(key));
    }

    @Override
    public void ended(Notification notification) {}

    @Override
    public void deviceAdded(ItemKey key, Account account) {
        persister.persist(new Change.Device(key, account));
    }
}
