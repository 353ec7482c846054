// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.cluster;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.Replicator;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;
import org.devstate.tigase.stanzas.ElementConverter;
import org.devstate.tigase.stanzas.JidConverter;
import org.jspecify.annotations.Nullable;
import tigase.cluster.api.ClusterControllerIfc;
import tigase.server.BasicComponent;
import tigase.server.XMPPServer;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

/**
 * The nodes of the cluster that this Tigase belongs to, and the messages between them. Each node is known by its host name. Thread-safe;
 * Tigase calls it with locks of its own held, so nothing here waits.
 */
public final class ConnectedNodes {

    private static final System.Logger LOG = System.getLogger(ConnectedNodes.class.getName());

    /** Tigase's component for the commands between nodes. */
    private static final String CONTROLLER = "cluster-contr";

    /** How many addresses without a service are logged at most. */
    private static final int MOST_LOGGED = 100;

    private final NodeAddress self;
    private final Scheduler scheduler;
    private final Set<String> connected = new TreeSet<>();
    private final Map<String, Replicator> replicators = new HashMap<>();
    private final Set<String> unknownServices = ConcurrentHashMap.newKeySet();
    private volatile boolean on;
    private volatile @Nullable ClusterControllerIfc controller;

    /** @param scheduler runs what must not be done on Tigase's threads */
    public ConnectedNodes(NodeAddress self, Scheduler scheduler) {
        this.self = self;
        this.scheduler = scheduler;
    }

    /** Sets whether this Tigase runs in cluster mode. */
    public void setOn(boolean clustered) {
        on = clustered;
    }

    public boolean isOn() {
        return on;
    }

    /** Takes what Tigase sends commands with. */
    public void setController(ClusterControllerIfc tigase) {
        controller = tigase;
        tigase.setCommandListener(new ReplicationCommand(this::receive));
    }

    /** A node has connected; Tigase announces this one, too. */
    public synchronized void add(JID node) {
        String name = node.getDomain();
        if (!name.equals(address().getDomain()) && connected.add(name)) {
            replicators.values().forEach(replicator -> replicator.join(name));
        }
    }

    /** The last connection to a node is lost. */
    public synchronized void remove(JID node) {
        remove(node.getDomain());
    }

    private void remove(String name) {
        if (connected.remove(name)) {
            replicators.values().forEach(replicator -> scheduler.schedule(() -> replicator.leave(name), 0));
        }
    }

    /**
     * Asks Tigase which nodes are connected. Without this, a node that connected before the component was there would stay unknown:
     * Tigase announces it only once.
     */
    public void check() {
        BasicComponent tigase = on ? XMPPServer.getComponent(CONTROLLER) : null;
        if (tigase != null) {
            take(tigase.getNodesConnected());
        }
    }

    /** These nodes are connected, and no others. */
    synchronized void take(List<JID> nodes) {
        Set<String> names = nodes.stream().map(JID::getDomain).collect(Collectors.toSet());
        nodes.forEach(this::add);
        List.copyOf(connected).stream().filter(name -> !names.contains(name)).forEach(this::remove);
    }

    /** The link of a new service with the services at the same address on other nodes; {@code null} if there is no cluster. */
    public @Nullable ClusterLink link(String service) {
        return on ? new ServiceLink(service) : null;
    }

    /** The service at that address serves from now on. */
    public synchronized void begin(String service, @Nullable Replicator replicator) {
        if (replicator != null) {
            replicators.put(service, replicator);
            connected.forEach(replicator::join);
        }
    }

    /** The service at that address serves no more. */
    public synchronized void end(String service) {
        replicators.remove(service);
    }

    /** All services have ended. */
    public synchronized void endAll() {
        replicators.clear();
    }

    private JID address() {
        return JidConverter.toTigase(self.get());
    }

    private void receive(String node, String service, Element message) {
        Replicator replicator = replicator(node, service);
        if (replicator != null) {
            replicator.receive(node, ElementConverter.view(message));
        }
    }

    /** Any node may write any name into a command, and a message may be older than the loss of its node. */
    private synchronized @Nullable Replicator replicator(String node, String service) {
        Replicator replicator = replicators.get(service);
        if (!connected.contains(node)) {
            if (replicator != null) {
                replicator.ignore(node);
            }
            return null;
        }
        if (replicator == null && unknownServices.size() < MOST_LOGGED && unknownServices.add(service)) {
            LOG.log(
                    Level.INFO,
                    "Node " + node + " serves " + service
                            + ", which this node does not serve, or not yet; its messages are ignored until it does");
        }
        return replicator;
    }

    private final class ServiceLink implements ClusterLink {

        private final Map<String, String> data;

        ServiceLink(String service) {
            this.data = Map.of(ReplicationCommand.SERVICE, service);
        }

        @Override
        public String self() {
            return address().getDomain();
        }

        @Override
        public void send(String node, XmlElement message) {
            ClusterControllerIfc tigase = controller;
            if (tigase != null) {
                JID from = address();
                JID to = JID.jidInstanceNS(from.getLocalpart(), node, null);
                tigase.sendToNodes(ReplicationCommand.NAME, data, ElementConverter.toTigase(message), from, null, to);
            }
        }
    }
}
