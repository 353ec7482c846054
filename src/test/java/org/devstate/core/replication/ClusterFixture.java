// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.store.Change;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;

/** A few services in one thread, joined to a cluster. Each message takes a millisecond, and is written as text. */
public final class ClusterFixture {

    static final Policy OPEN = ServiceFixture.open(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT);

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Map<String, ClusterNode> nodes = new TreeMap<>();
    private final Set<Set<String>> cut = new HashSet<>();

    /** One node, until it crashes. */
    public final class ClusterNode {

        final String name;
        final RecordingSender sender = new RecordingSender();
        final RecordingOperatorLog log = new RecordingOperatorLog();
        public final DeviceStateService service;
        private boolean alive = true;

        /** The text of the policy that this node has persisted last; empty if none. */
        String persistedPolicy = "";

        private ClusterNode(String name, Policy policy) {
            this.name = name;
            ClusterLink link = new ClusterLink() {
                @Override
                public String self() {
                    return name;
                }

                @Override
                public void send(String node, XmlElement message) {
                    deliver(name, node, message);
                }
            };
            Host host = new Host(
                    clock,
                    (task, delayMs) -> scheduler.schedule(() -> runIfAlive(task), delayMs),
                    sender,
                    this::persist,
                    link);
            service = new DeviceStateService(ServiceFixture.SERVICE, NodeOwnership.SHARED, policy, host);
            service.setOperatorLog(log);
        }

        private void persist(Change change) {
            if (change instanceof Change.PolicyText policy) {
                persistedPolicy = policy.text();
            }
        }

        private void runIfAlive(Runnable task) {
            if (alive) {
                task.run();
            }
        }

        Replicator replicator() {
            return Objects.requireNonNull(service.replicator());
        }

        /** Logs in as Asterisk does: publishes everything, and subscribes to both nodes. */
        void logIn(Jid session, XmlElement... publishes) {
            service.handle(session, Stanzas.unsubscribe("device_state", session.bare()));
            service.handle(session, Stanzas.unsubscribe("message_waiting", session.bare()));
            for (XmlElement publish : publishes) {
                service.handle(session, publish);
            }
            service.handle(session, Stanzas.subscribe("device_state", session.bare()));
            service.handle(session, Stanzas.subscribe("message_waiting", session.bare()));
        }

        /** What that session was sent since the last call. */
        List<XmlElement> messagesTo(Jid session) {
            List<XmlElement> messages = sender.messagesTo(session);
            sender.clear();
            return messages;
        }
    }

    /** Starts a node that knows all others, and is known to them. */
    public ClusterNode start(String name) {
        return start(name, OPEN);
    }

    ClusterNode start(String name, Policy policy) {
        ClusterNode node = new ClusterNode(name, policy);
        nodes.put(name, node);
        nodes.values().forEach(other -> {
            if (other != node && other.alive) {
                other.replicator().join(name);
                node.replicator().join(other.name);
            }
        });
        return node;
    }

    /** A node of that name is there again, with nothing, and does not reach the others until {@link #heal}. */
    ClusterNode restart(String name) {
        nodes.remove(name);
        nodes.keySet().forEach(other -> cut.add(Set.of(name, other)));
        return start(name);
    }

    /** The node is gone, and nobody is told. */
    void crash(ClusterNode node) {
        node.alive = false;
    }

    /** Messages between the two are lost from now on. */
    void cut(ClusterNode one, ClusterNode other) {
        cut.add(Set.of(one.name, other.name));
    }

    void heal() {
        cut.clear();
    }

    public void advance(long ms) {
        scheduler.advance(ms);
    }

    private void deliver(String from, String to, XmlElement message) {
        String text = new StanzaWriter("jabber:server").write(message);
        scheduler.schedule(
                () -> {
                    ClusterNode node = nodes.get(to);
                    if (node != null && node.alive && !cut.contains(Set.of(from, to))) {
                        node.replicator().receive(from, Xml.view(text));
                    }
                },
                1);
    }
}
