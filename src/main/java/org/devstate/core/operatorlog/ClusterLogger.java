// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.stats.Counters;

/** Logs the nodes of a cluster: a line for each that joins or is lost. Thread-safe; may be called with locks held. */
public final class ClusterLogger {

    /** How many names of unconnected nodes are logged at most. */
    private static final int MOST_UNCONNECTED = 100;

    private final OperatorLogQueue operatorLog;
    private final Counters counters;
    private final Set<String> invalid = ConcurrentHashMap.newKeySet();
    private final Set<String> unconnected = ConcurrentHashMap.newKeySet();
    private final Set<String> otherPolicy = ConcurrentHashMap.newKeySet();

    public ClusterLogger(OperatorLogQueue operatorLog, Counters counters) {
        this.operatorLog = operatorLog;
        this.counters = counters;
    }

    /** Another node is present. */
    public void joined(String node) {
        invalid.remove(node);
        unconnected.remove(node);
        otherPolicy.remove(node);
        operatorLog.happened("cluster node " + node + " has joined");
    }

    /**
     * Another node is lost.
     *
     * @param servers how many servers published there, whose grace periods begin
     */
    public void lost(String node, int servers) {
        operatorLog.warned("cluster node " + node + " is lost; " + servers
                + (servers == 1 ? " server was" : " servers were") + " connected to it and may come back to any node");
    }

    /** A node has been connected for a while, and no message of it has arrived. */
    public void silent(String node) {
        operatorLog.warned("cluster node " + node
                + " is connected but sends no states: it has no plugin, or not under the same name,"
                + " or does not serve this address; servers that are connected to it share nothing");
    }

    /** Neither policy counts before the other; logged once until the node joins again. */
    public void hasOtherPolicy(String node) {
        if (otherPolicy.add(node)) {
            operatorLog.warned(
                    "cluster node " + node
                            + " has another policy than this one; give all nodes the same configuration, or change a site by command");
        }
    }

    /** A change of the policy by command is lost. */
    public void hasReplacedPolicy(String node) {
        operatorLog.warned("the policy was changed here and at cluster node " + node
                + " at the same time, or while they were not connected: the later change, of that node, counts; repeat the one that was"
                + " made here");
    }

    /** A node without a connection has sent a message, under whatever name; counted, and logged once for each name. */
    public void unconnected(String node) {
        counters.count(Counters.Counter.NODE_MESSAGES_IGNORED);
        if (unconnected.size() < MOST_UNCONNECTED && unconnected.add(node)) {
            operatorLog.happened(
                    "cluster node " + node + " is not connected to this one; its messages are ignored until it is");
        }
    }

    /** A node has sent a message that nothing was taken from; counted, and logged once until it joins again. */
    public void invalid(String node, String fault) {
        counters.count(Counters.Counter.NODE_MESSAGES_IGNORED);
        if (invalid.add(node)) {
            operatorLog.warned("cluster node " + node + " has sent an invalid message: " + fault
                    + ". It is ignored; install the same version of the plugin on all nodes");
        }
    }
}
