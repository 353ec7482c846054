// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

/** Whether all nodes at the address of the service are its own. */
public enum NodeOwnership {
    /** The service is alone there: every node there is one of ours. */
    SOLE,
    /** The host has nodes of its own there: only nodes with marks of ours are ours. */
    SHARED
}
