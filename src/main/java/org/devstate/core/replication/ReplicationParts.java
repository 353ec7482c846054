package org.devstate.core.replication;

/**
 * The parts of replication that see changes.
 *
 * @param marker marks changes for the other nodes
 * @param removals which keys were removed
 * @param bindings the bindings of EIDs
 * @param policy the policy
 */
public record ReplicationParts(ChangeMarker marker, Removals removals, BindingReplica bindings, PolicyReplica policy) {}
