// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.cluster;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tigase.cluster.api.CommandListenerAbstract;
import tigase.server.Priority;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

/** Tigase's cluster command that carries the messages of all services of this component. Stateless. */
final class ReplicationCommand extends CommandListenerAbstract {

    /** Tigase puts the name of the component before it. */
    static final String NAME = "devstate-replication";

    /** The key of the address of the service. */
    static final String SERVICE = "service";

    /** Takes messages of other nodes. */
    @FunctionalInterface
    interface ReplicationSink {

        /** A message has arrived for the service at that address; returns at once, because all components share the thread. */
        void take(String node, String service, Element message);
    }

    private final ReplicationSink sink;

    ReplicationCommand(ReplicationSink sink) {
        super(NAME, Priority.HIGH);
        this.sink = sink;
    }

    @Override
    public void executeCommand(
            JID fromNode, @Nullable Set<JID> visitedNodes, Map<String, String> data, @Nullable Queue<Element> packets) {
        String service = data.get(SERVICE);
        if (service != null && packets != null) {
            packets.forEach(message -> sink.take(fromNode.getDomain(), service, message));
        }
    }
}
