// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import org.jspecify.annotations.Nullable;

/**
 * The parts of the service that commands show and change.
 *
 * @param sites the policy
 * @param servers the Asterisk servers
 * @param entries the stored entries
 * @param history changes, rejections and counters
 * @param operation whether the service is serving, and at which nodes
 */
public record Operations(Sites sites, Servers servers, Entries entries, History history, Operation operation) {

    /**
     * How the service runs.
     *
     * @param outage why the service is not serving, if it is not
     * @param nodes the nodes of the cluster
     */
    public record Operation(Outage outage, ClusterNodes nodes) {}

    /** Why the service is not serving, if it is not. */
    public Outage outage() {
        return operation.outage();
    }

    /** The nodes of the cluster. */
    public ClusterNodes nodes() {
        return operation.nodes();
    }

    /** The same in a cluster. */
    public Operations at(ClusterNodes cluster) {
        return new Operations(sites, servers, entries, history, new Operation(operation.outage, cluster));
    }

    /** Whether the service is serving. Thread-safe. */
    public interface Outage {

        /** Why the service is not serving, for administrators; {@code null} if it is. */
        @Nullable
        String reason();
    }
}
