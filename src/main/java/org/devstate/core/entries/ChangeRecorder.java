package org.devstate.core.entries;

import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.protocol.Event;
import org.devstate.core.state.Recent;

/** Notes each change in the ring of recent changes. Thread-safe; allocates nothing. */
public record ChangeRecorder(Recent recent) implements EntryListener {

    @Override
    public void changed(Entry entry, Event notification) {
        recent.add(notification);
    }

    @Override
    public void passed(Event notification) {
        recent.add(notification);
    }

    @Override
    public void removed(ItemKey key) {}

    @Override
    public void ended(Event notification) {
        recent.add(notification);
    }
}
