// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;
import org.jspecify.annotations.Nullable;

/** Has the session that publishes for each EID persisted. Thread-safe. */
public record PublisherPersister(Persister persister) implements Leases.LeaseListener {

    @Override
    public void heldBy(Eid eid, @Nullable Jid session) {
        persister.persist(session == null ? new Change.PublisherGone(eid) : new Change.Publisher(eid, session));
    }
}
