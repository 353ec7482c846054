// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

/**
 * A process that serves, or wants to.
 *
 * @param id of this process; no other has it
 * @param installation of all processes that this installation has started; only one of them runs at a time. Empty if that is not known
 *     for certain
 * @param name for the administrators of another process: host, process, start
 */
public record LeaseHolder(String id, String installation, String name) {

    /** The longest name. */
    static final int MAX_NAME = 255;

    /** The id that all nodes of a cluster have in common. In one database there can be one cluster, because its nodes meet there. */
    private static final String CLUSTER = "cluster";

    public LeaseHolder {
        name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    /** The cluster that this process is a node of. It follows no process, because another node may be serving. */
    public LeaseHolder asNode() {
        return new LeaseHolder(CLUSTER, "", "a cluster; its latest node: " + name);
    }

    /** Whether several processes hold the lease together. */
    boolean isCluster() {
        return id.equals(CLUSTER);
    }
}
