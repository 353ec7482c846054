package org.devstate.core.nodes;

/** Who else answers at the address of the service. */
public enum Tenancy {
    /** Nobody: whatever node is addressed there, it is one of ours. */
    SOLE,
    /** The host, which has nodes of its own there: only what says of itself that it is ours is. */
    SHARED
}
