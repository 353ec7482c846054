package org.devstate.core;

import java.util.function.Consumer;
import org.devstate.core.model.ItemKey;
import org.devstate.core.state.StateTable;
import org.devstate.core.store.Change;

/** Has it persisted which devices there are; not their states, so that it is told only once of each. Thread-safe. */
record DeviceKeeper(Consumer<Change> keeper) implements StateTable.DeviceListener {

    @Override
    public void added(ItemKey key, String account) {
        keeper.accept(new Change.Device(key, account));
    }

    @Override
    public void removed(ItemKey key) {
        keeper.accept(new Change.DeviceGone(key));
    }
}
