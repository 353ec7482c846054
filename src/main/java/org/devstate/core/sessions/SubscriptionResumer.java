// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.entries.SnapshotSource;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/** Resumes subscriptions from before a restart. Thread-safe; called with no lock held. */
public record SubscriptionResumer(SessionLifecycle lifecycle, SnapshotSource snapshots) {

    /** Subscribes {@code session} to {@code node} again, and sends it a snapshot, unless it has subscribed by itself. */
    void resume(Jid session, NodeType node) {
        if (lifecycle.resume(session, node)) {
            snapshots.start(session, node);
        }
    }
}
