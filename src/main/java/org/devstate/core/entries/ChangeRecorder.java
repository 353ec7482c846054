package org.devstate.core.entries;

import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Notification;
import org.devstate.core.state.ChangeRing;

/** Notes each change in the ring of recent changes. Thread-safe; allocates nothing. */
public record ChangeRecorder(ChangeRing changeRing) implements EntryListener {

    @Override
    public void changed(Entry entry, Notification notification) {
        changeRing.add(notification);
    }

    @Override
    public void publishedNonCachable(Notification notification) {
        changeRing.add(notification);
    }

    @Override
    public void changedElsewhere(Entry entry, Notification notification) {
        changeRing.add(notification);
    }

    @Override
    public void publishedElsewhere(Notification notification) {
        changeRing.add(notification);
    }

    @Override
    public void deviceAdded(ItemKey key, Account account) {}

    @Override
    public void removed(Entry last) {}

    @Override
    public void ended(Notification notification) {
        changeRing.add(notification);
    }
}
