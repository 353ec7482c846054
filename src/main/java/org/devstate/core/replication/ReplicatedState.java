// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import org.devstate.core.entries.StoredEntries;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.sessions.GracePeriods;
import org.devstate.core.sessions.Leases;
import org.devstate.core.store.Persister;

/**
 * The state of this node that is the same at all nodes.
 *
 * @param entries the table
 * @param leases which session publishes for each EID
 * @param gracePeriods ends the entries of servers that are gone
 * @param bindings which account each EID belongs to
 * @param persister for what must be persisted again
 */
public record ReplicatedState(
        StoredEntries entries, Leases leases, GracePeriods gracePeriods, EidBindings bindings, Persister persister) {

    /**
     * The parts of replication that see changes of that state.
     *
     * @param marker marks changes for the other nodes
     * @param removals which keys were removed
     * @param bindings the bindings of EIDs
     * @param policy the policy
     * @param snapshotHold holds back snapshots while the state is not complete
     */
    public record ReplicationParts(
            ChangeMarker marker,
            Removals removals,
            BindingReplica bindings,
            PolicyReplica policy,
            SnapshotHold snapshotHold) {}
}
