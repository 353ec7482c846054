// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.admin.operations.Operations;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;
import org.jspecify.annotations.Nullable;

/** Whether a service has been closed for good: from then on it has nothing persisted. Thread-safe. */
final class ServiceOutage implements Operations.Outage, Persister {

    private final Persister persister;
    private volatile @Nullable String reason;

    ServiceOutage(Persister persister) {
        this.persister = persister;
    }

    void begin(String detail) {
        reason = detail;
    }

    @Override
    public @Nullable String reason() {
        return reason;
    }

    @Override
    public void persist(Change change) {
        if (reason == null) {
            persister.persist(change);
        }
    }
}
