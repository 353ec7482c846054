// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.Value;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.Replicator;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.store.Change;
import org.devstate.core.store.MemoryStore;

/** One node, from a start to the next crash. */
final class SimulatedNode {

    static final Jid SERVICE = Jid.of("pubsub.example.net");

    /** Takes the stanzas of a node. */
    interface Recipients {

        void take(SimulatedNode from, Jid to, XmlElement stanza);
    }

    final String name;
    final DeviceStateService service;
    final long startedAtMs;
    private final Timeline timeline;
    private final MemoryStore database;
    private final long databaseDelayMs;
    private final List<Change> unwritten = new ArrayList<>();
    private boolean alive = true;

    /**
     * @param skewMs how far its clock is ahead
     * @param databaseDelayMs how long after a change it is persisted
     */
    SimulatedNode(
            String name,
            SimulatedNetwork network,
            Recipients recipients,
            MemoryStore database,
            long skewMs,
            long databaseDelayMs,
            Policy policy) {
        this.name = name;
        this.timeline = network.timeline();
        this.startedAtMs = timeline.nowMs();
        this.database = database;
        this.databaseDelayMs = databaseDelayMs;
        Clock clock = new Clock() {
            @Override
            public long wallMs() {
                return 1_700_000_000_000L + timeline.nowMs() + skewMs;
            }

            @Override
            public long monotonicNanos() {
                return timeline.nowMs() * 1_000_000;
            }
        };
        Scheduler scheduler = (task, delayMs) -> timeline.at(delayMs, () -> {
            if (alive) {
                task.run();
            }
        });
        StanzaSender sender = (to, stanza) -> {
            if (alive) {
                recipients.take(this, to, stanza);
            }
        };
        ClusterLink link = new ClusterLink() {
            @Override
            public String self() {
                return name;
            }

            @Override
            public void send(String node, XmlElement message) {
                if (alive) {
                    network.send(name, node, message);
                }
            }
        };
        service = new DeviceStateService(
                SERVICE, NodeOwnership.SHARED, policy, new Host(clock, scheduler, sender, this::persist, link));
        if (!service.restore(database.load()).isEmpty()) {
            throw new IllegalStateException("the persisted policy is invalid");
        }
        service.awaitServers();
    }

    private void persist(Change change) {
        unwritten.add(change);
        timeline.at(databaseDelayMs, () -> {
            if (alive && unwritten.remove(change)) {
                database.write(List.of(change));
            }
        });
    }

    /** The entries with a known value. */
    List<Entry> entries() {
        return service.administration().entries().find(known -> true, null, Integer.MAX_VALUE).entries().stream()
                .map(Entries.Known::entry)
                .toList();
    }

    static String text(Value value) {
        MailboxCounts counts = (MailboxCounts) value;
        return counts.newMessages() + "/" + counts.oldMessages();
    }

    Replicator replicator() {
        Replicator replicator = service.replicator();
        if (replicator == null) {
            throw new IllegalStateException();
        }
        return replicator;
    }

    boolean isAlive() {
        return alive;
    }

    void crash() {
        alive = false;
    }
}
