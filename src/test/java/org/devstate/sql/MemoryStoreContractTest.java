// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.util.HashMap;
import java.util.Map;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Store;

/** It keeps all for as long as the process lives; so a restart is not one. */
final class MemoryStoreContractTest implements StoreContract {

    private final Map<String, MemoryStore> stores = new HashMap<>();

    @Override
    public Store open(String service) {
        return stores.computeIfAbsent(service, name -> new MemoryStore());
    }
}
