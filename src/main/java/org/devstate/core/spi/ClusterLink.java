// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import org.devstate.core.protocol.XmlElement;

/**
 * The connections to the other nodes of a cluster. What is sent may be lost, late, or out of order: replication acknowledges and repeats.
 * Implementations are thread-safe.
 */
public interface ClusterLink {

    /** The name of this node; no other node of the cluster has it. */
    String self();

    /** Sends {@code message} to another node, without waiting for anything; called with no lock held. */
    void send(String node, XmlElement message);
}
