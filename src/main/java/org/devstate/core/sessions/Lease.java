// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * The session that publishes for an EID.
 *
 * @param owner the session
 * @param epoch that of the owner
 * @param newest the highest one that any entry of the server may bear
 * @param node the node of the cluster where the owner is connected; {@code null} for this one
 * @param isPresent whether the owner has not ended, if it is at another node
 */
record Lease(Jid owner, long epoch, long newest, @Nullable String node, boolean isPresent) {

    static Lease here(Jid owner, long epoch, long newest) {
        return new Lease(owner, epoch, newest, null, false);
    }

    boolean isHere() {
        return node == null;
    }

    Lease extendedTo(long other) {
        return other <= newest ? this : new Lease(owner, epoch, other, node, isPresent);
    }

    Lease takenOver(Jid session, long by) {
        return here(session, by, Math.max(newest, by));
    }

    Lease absent() {
        return new Lease(owner, epoch, newest, node, false);
    }
}
