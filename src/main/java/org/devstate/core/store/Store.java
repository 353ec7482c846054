// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import java.util.List;

/**
 * Persists the state that outlives a restart. It may be slow: it is never called on the way of a stanza. Called by one thread at a
 * time.
 */
public interface Store {

    /**
     * Reads the persisted state, before the service handles anything.
     *
     * @throws StoreException if that fails; the persisted state stays as it is
     */
    Contents load() throws StoreException;

    /**
     * Persists changes, all of them or none, so that they are still there after a crash.
     *
     * @param changes not two of one subject
     * @throws StoreException if that fails; they come again, together with newer ones
     */
    void write(List<Change> changes) throws StoreException;
}
