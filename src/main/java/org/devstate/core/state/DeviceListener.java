package org.devstate.core.state;

import org.devstate.core.model.Account;
import org.devstate.core.model.ItemKey;

/** Receives the devices that are added to the table and removed from it; quick, because a lock is held. */
public interface DeviceListener {

    /** Receives nothing. */
    DeviceListener NONE = new DeviceListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void deviceRemoved(ItemKey key) {}
    };

    /** A device is new, or another account's than before. */
    void deviceAdded(ItemKey key, Account account);

    /** A device is forgotten. */
    void deviceRemoved(ItemKey key);
}
