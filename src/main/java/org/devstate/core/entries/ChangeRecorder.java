// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.ChangeRing.ChangeEffect;

/**
 * Notes each change of the table in the ring of recent changes, each once and, of one key, in their order: the entries at one
 * moment and the changes since make the entries of a later one. Thread-safe; allocates nothing for a publish.
 */
public record ChangeRecorder(ChangeRing changeRing, Clock clock) implements EntryListener {

    @Override
    public void changed(Entry entry, Notification notification) {
        changeRing.add(notification, ChangeEffect.STORED, entry.changedAtMs());
    }

    @Override
    public void publishedNonCachable(Notification notification) {
        changeRing.add(notification, ChangeEffect.DELIVERED, notification.changedAtMs());
    }

    @Override
    public void changedElsewhere(Entry entry, Notification notification) {
        changed(entry, notification);
    }

    @Override
    public void publishedElsewhere(Notification notification) {
        publishedNonCachable(notification);
    }

    @Override
    public void renewed(Entry entry) {
        changeRing.add(Notification.again(entry), ChangeEffect.MOVED, entry.changedAtMs());
    }

    @Override
    public void reasserted(Entry entry) {
        renewed(entry);
    }

    @Override
    public void deviceAdded(ItemKey key, Account account) {}

    /** Nothing: {@link #ended} or {@link #removedQuietly} follows. */
    @Override
    public void removed(Entry last) {}

    @Override
    public void ended(Notification notification) {
        changeRing.add(notification, ChangeEffect.REMOVED, notification.changedAtMs());
    }

    @Override
    public void removedQuietly(Entry last) {
        if (!last.isAwaited()) {
            changeRing.add(Notification.offline(last), ChangeEffect.REMOVED, clock.wallMs());
        }
    }
}
