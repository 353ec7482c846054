package org.devstate.core.nodes;

/** Whether others answer at the address of the service. */
public enum Tenancy {
    /** The service is alone there: every node there is one of ours. */
    SOLE,
    /** The host has nodes of its own there: only nodes with marks of ours are ours. */
    SHARED
}
