package org.devstate.core.store;

import java.util.List;

/**
 * Keeps what outlives a restart. It may take its time: it is never called on the way of a stanza. Called by one thread at a time.
 */
public interface Store {

    /**
     * Reads all that is kept, before the service handles anything.
     *
     * @throws StoreException if that can't be done; what is kept stays as it is
     */
    Contents load() throws StoreException;

    /**
     * Writes changes down, all of them or none, so that they are still there after a crash.
     *
     * @param changes not two of one subject
     * @throws StoreException if that can't be done now; they come again, together with newer ones
     */
    void write(List<Change> changes) throws StoreException;
}
