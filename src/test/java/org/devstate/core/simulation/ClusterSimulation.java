// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.OperatorLog;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.jspecify.annotations.Nullable;

/**
 * One schedule of a cluster: what happens in it follows from its seed. After it, all nodes are there and reach each other, and the cluster
 * is left alone for longer than a grace period. Then {@link #faults} compares all that there is.
 */
final class ClusterSimulation {

    private static final int SERVERS = 5;
    private static final int DEVICES = 4;
    private static final int MAILBOXES = 3;
    private static final List<String> STATES = List.of("NOT_INUSE", "INUSE", "BUSY", "RINGING", "UNAVAILABLE");
    private static final Policy OPEN = ServiceFixture.policy(
            """
            site paris
            servers pbx1@example.net pbx2@example.net
            publish allow *
            receive allow * *

            site berlin
            servers pbx3@example.net pbx4@example.net pbx5@example.net
            publish allow *
            receive allow * *
            """);

    /** As above, but that the sites do not receive one device of each other. */
    private static final Policy DIVIDED = ServiceFixture.policy(
            """
            site paris
            servers pbx1@example.net pbx2@example.net
            publish allow *
            receive deny berlin device PJSIP/1
            receive allow * *

            site berlin
            servers pbx3@example.net pbx4@example.net pbx5@example.net
            publish allow *
            receive deny paris device PJSIP/1
            receive allow * *
            """);

    /** A node lets clients connect some time after its start, when it has connected to the other nodes; so does Tigase. */
    private static final long CLOSED_MS = 3_000;

    /** An Asterisk waits that long before it connects again. */
    private static final long RECONNECT_MS = 1_000;

    private static final long GRACE_MS = 30_000;
    private static final long QUIET_MS = 3 * GRACE_MS + 30_000;

    private final Random random;
    private final Timeline timeline = new Timeline();
    private final SimulatedNetwork network;
    private final MemoryStore database = new MemoryStore();
    private final List<Policy> policies = List.of(OPEN, DIVIDED);
    private final Map<String, SimulatedNode> nodes = new TreeMap<>();
    private final Map<String, Long> skews = new TreeMap<>();
    private final Map<String, Long> crashes = new TreeMap<>();
    private final List<SimulatedAsterisk> servers = new ArrayList<>();
    private final Map<String, MailboxWord> mailboxes = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>();
    private final long databaseDelayMs;

    /** No node crashes, and no link is cut. */
    private final boolean isCalm;

    private final int steps;
    private final List<String> forbidden = new ArrayList<>();

    /** The last counts of a mailbox that a server had acknowledged. */
    private record MailboxWord(String counts, String node, long atMs) {}

    ClusterSimulation(long seed, int steps) {
        this.random = new Random(seed);
        this.steps = steps;
        this.network = new SimulatedNetwork(
                timeline, random, random.nextInt(3) == 0 ? 0.05 : 0, random.nextBoolean() ? 5 : 400);
        this.databaseDelayMs = random.nextInt(4) == 0 ? 20_000 : 50;
        this.isCalm = seed % 4 == 0;
        int count = 2 + random.nextInt(2);
        boolean isSkewed = random.nextInt(3) == 0;
        for (int i = 0; i < count; i++) {
            String name = "node-" + (char) ('a' + i);
            skews.put(name, isSkewed ? (long) random.nextInt(4_000) - 2_000 : 0L);
            start(name);
        }
        for (int i = 1; i <= SERVERS; i++) {
            servers.add(new SimulatedAsterisk(i));
        }
    }

    private void start(String name) {
        SimulatedNode node = new SimulatedNode(
                name, network, this::take, database, skews.getOrDefault(name, 0L), databaseDelayMs, OPEN);
        nodes.put(name, node);
        note(name + " starts");
        node.service.setOperatorLog(new OperatorLog() {
            @Override
            public void happened(String line) {
                note(name + ": " + line);
            }

            @Override
            public void rejected(String line) {
                note(name + ": " + line);
            }
        });
        network.start(node);
    }

    private void take(SimulatedNode from, Jid to, XmlElement stanza) {
        if (!stanza.name().equals("message")) {
            return;
        }
        for (SimulatedAsterisk server : servers) {
            if (server.session.equals(to) && server.node == from) {
                server.take(stanza);
                checkAllowed(from, server, stanza);
            }
        }
    }

    /** A node sends nothing that the policy in force there forbids, but offline states. */
    private void checkAllowed(SimulatedNode from, SimulatedAsterisk to, XmlElement message) {
        XmlElement items = message.children().get(0).children().get(0);
        XmlElement item = items.children().get(0);
        XmlElement payload = item.children().get(0);
        boolean isDevice = "device_state".equals(items.attribute("node"));
        boolean isDivided = isDevice && "PJSIP/1".equals(item.attribute("id"));
        if (isDivided
                && !payload.text().equals("UNAVAILABLE")
                && from.service.policy().equals(DIVIDED)) {
            String eid = String.valueOf(payload.attribute("eid"));
            if (isParis(eid) != isParis(to.eid)) {
                forbidden.add(from.name + " has sent " + to.session + " PJSIP/1 of " + eid + " at " + timeline.nowMs());
            }
        }
    }

    private static boolean isParis(String eid) {
        return eid.endsWith("1") || eid.endsWith("2");
    }

    private void note(String event) {
        trace.add(timeline.nowMs() + " ms: " + event);
    }

    List<String> trace() {
        return trace;
    }

    /** Runs the schedule, and then leaves the cluster alone. */
    void run() {
        timeline.run(3_000);
        for (int i = 0; i < steps; i++) {
            step();
            timeline.run(timeline.nowMs() + random.nextInt(random.nextInt(5) == 0 ? 15_000 : 300));
        }
        network.healAll();
        nodes.forEach((name, node) -> {
            if (!node.isAlive()) {
                timeline.at(0, () -> start(name));
            }
        });
        note("all is healed");
        timeline.run(timeline.nowMs() + QUIET_MS);
    }

    private void step() {
        SimulatedAsterisk server = servers.get(random.nextInt(servers.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> connect(server);
            case 3 -> disconnect(server);
            case 4, 5, 6, 7, 8 -> disturb();
            case 9 -> restart(server);
            case 10, 11 -> mailbox(server);
            case 12 -> nonCachable(server);
            case 13 -> withdraw(server);
            case 14 -> changePolicy();
            default -> device(server);
        }
    }

    private void disturb() {
        int disturbance = random.nextInt(5);
        if (isCalm) {
            return;
        }
        switch (disturbance) {
            case 0 -> crash();
            case 1 -> restart();
            case 2 -> cut();
            default -> heal();
        }
    }

    private @Nullable SimulatedNode anyAlive() {
        List<SimulatedNode> alive =
                nodes.values().stream().filter(SimulatedNode::isAlive).toList();
        return alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
    }

    private void connect(SimulatedAsterisk server) {
        SimulatedNode to = anyAlive();
        boolean isTooSoon = timeline.nowMs() - server.connectedAtMs < RECONNECT_MS;
        if (to == null || isTooSoon || timeline.nowMs() - to.startedAtMs < CLOSED_MS) {
            return;
        }
        server.connectedAtMs = timeline.nowMs();
        SimulatedNode before = server.node;
        if (before != null) {
            end(server, before);
        }
        note(server.session + " connects to " + to.name + " " + server.devices);
        server.connect(to);
    }

    private void disconnect(SimulatedAsterisk server) {
        SimulatedNode before = server.node;
        if (before != null) {
            note(server.session + " is gone");
            server.node = null;
            end(server, before);
        }
    }

    /** The node learns of the end of the session at once, late, or after the grace period. */
    private void end(SimulatedAsterisk server, SimulatedNode node) {
        long epoch = node.service.epoch(server.session);
        long delayMs = random.nextInt(3) == 0 ? random.nextInt(60_000) : 0;
        timeline.at(delayMs, () -> {
            if (node.isAlive()) {
                node.service.sessionEnded(server.session, epoch);
            }
        });
    }

    private void crash() {
        SimulatedNode node = anyAlive();
        if (node == null) {
            return;
        }
        note(node.name + " crashes");
        network.crash(node);
        crashes.put(node.name, timeline.nowMs());
        for (SimulatedAsterisk server : servers) {
            if (server.node == node) {
                server.node = null;
                if (random.nextInt(4) > 0) {
                    timeline.at(random.nextInt(10_000), () -> {
                        if (server.node == null) {
                            connect(server);
                        }
                    });
                }
            }
        }
    }

    private void restart() {
        nodes.entrySet().stream()
                .filter(each -> !each.getValue().isAlive())
                .findFirst()
                .ifPresent(each -> start(each.getKey()));
    }

    private void cut() {
        List<String> names = List.copyOf(nodes.keySet());
        String one = names.get(random.nextInt(names.size()));
        String other = names.get(random.nextInt(names.size()));
        if (!one.equals(other)) {
            note("link of " + one + " and " + other + " is cut");
            network.cut(one, other);
        }
    }

    private void heal() {
        note("links are healed");
        network.healAll();
    }

    private void restart(SimulatedAsterisk server) {
        note(server.session + " is started anew");
        disconnect(server);
        server.restart();
        connect(server);
    }

    private void device(SimulatedAsterisk server) {
        String device = "PJSIP/" + random.nextInt(DEVICES);
        String state = STATES.get(random.nextInt(STATES.size()));
        note(server.session + ": " + device + " " + state);
        server.change(device, state);
    }

    private void mailbox(SimulatedAsterisk server) {
        SimulatedNode node = server.node;
        if (node == null || !node.isAlive()) {
            return;
        }
        String box = "50" + random.nextInt(MAILBOXES) + "@default";
        int newMessages = random.nextInt(4);
        server.mailboxes.put("mailbox " + box, newMessages + "/0");
        server.received.put("mailbox " + box, newMessages + "/0");
        node.service.handle(server.session, Stanzas.publishMailbox(box, server.eid, newMessages, 0));
        mailboxes.put(box + " " + server.eid, new MailboxWord(newMessages + "/0", node.name, timeline.nowMs()));
        note(server.session + ": mailbox " + box + " " + newMessages + "/0");
    }

    private void changePolicy() {
        SimulatedNode node = anyAlive();
        if (node != null) {
            Policy policy = policies.get(random.nextInt(policies.size()));
            note("policy is changed at " + node.name + " to " + (policy.equals(OPEN) ? "open" : "divided"));
            node.service.setPolicy(policy);
        }
    }

    /** A value that is not to be stored ends the stored one, until the server publishes it again. */
    private void nonCachable(SimulatedAsterisk server) {
        SimulatedNode node = server.node;
        if (node != null && node.isAlive()) {
            String device = "PJSIP/" + random.nextInt(DEVICES);
            note(server.session + ": non-cachable " + device);
            node.service.handle(server.session, Stanzas.publishNonCachable(device, server.eid, "RINGING"));
            server.devices.remove(device);
        }
    }

    /** A server withdraws a device or a mailbox. */
    private void withdraw(SimulatedAsterisk server) {
        SimulatedNode node = server.node;
        if (node != null && node.isAlive()) {
            int item = random.nextInt(DEVICES + MAILBOXES);
            String id = item < DEVICES ? "PJSIP/" + item : "50" + (item - DEVICES) + "@default";
            note(server.session + ": withdraws " + id);
            server.mailboxes.remove("mailbox " + id);
            server.withdrawn.add("mailbox " + id);
            node.service.handle(server.session, Stanzas.owner("<delete node='" + id + "'/>"));
            server.devices.remove(id);
            mailboxes.remove(id + " " + server.eid);
        }
    }

    /** What is wrong after the schedule; empty if nothing is. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(forbidden);
        SimulatedNode first = nodes.values().iterator().next();
        Map<String, String> table = tableOf(first);
        nodes.forEach((name, node) -> {
            Map<String, String> other = tableOf(node);
            if (!other.equals(table)) {
                faults.add("tables differ: " + first.name + " " + difference(table, other) + " and " + name + " "
                        + difference(other, table));
            }
            if (!node.service.policy().equals(first.service.policy())) {
                faults.add("policies of " + first.name + " and " + name + " differ");
            }
            if (node.replicator().digest() != first.replicator().digest()) {
                faults.add("digests of " + first.name + " and " + name + " differ");
            }
        });
        servers.forEach(server -> checkOwn(server, table, faults));
        servers.forEach(server -> checkReceived(server, first, faults));
        servers.forEach(server -> checkWithdrawn(server, table, faults));
        checkMailboxes(first, faults);
        return faults;
    }

    private static Map<String, String> difference(Map<String, String> one, Map<String, String> other) {
        Map<String, String> difference = new TreeMap<>(one);
        difference.entrySet().removeAll(other.entrySet());
        return difference;
    }

    private Map<String, String> tableOf(SimulatedNode node) {
        Map<String, String> table = new TreeMap<>();
        node.entries()
                .forEach(entry -> table.put(
                        name(entry.key()), entry.value() + " of " + entry.changedAtMs() + " by " + entry.publisher()));
        return table;
    }

    private static String name(ItemKey key) {
        return (key.node() == NodeType.DEVICE_STATE ? "device " : "mailbox ") + key.id() + " " + key.eid();
    }

    private static void checkOwn(SimulatedAsterisk server, Map<String, String> table, List<String> faults) {
        table.forEach((key, value) -> {
            if (!key.startsWith("device ") || !key.endsWith(server.eid)) {
                return;
            }
            String device = key.substring("device ".length(), key.length() - server.eid.length() - 1);
            String stored = value.substring(0, value.indexOf(' '));
            String own = server.isConnected() ? server.devices.get(device) : null;
            boolean isRight = own != null ? own.equals(stored) : stored.equals("UNAVAILABLE");
            if (!isRight) {
                faults.add(server.session + (server.isConnected() ? " is connected" : " is gone") + ", " + key + " is "
                        + stored + ", and " + own + " there");
            }
        });
        if (server.isConnected()) {
            server.devices.forEach((device, state) -> {
                if (!table.containsKey("device " + device + " " + server.eid)) {
                    faults.add(server.session + ": " + device + " is in no table");
                }
            });
        }
    }

    private void checkReceived(SimulatedAsterisk server, SimulatedNode first, List<String> faults) {
        if (!server.isConnected()) {
            return;
        }
        first.entries().stream()
                .filter(entry -> entry.key().node() == NodeType.DEVICE_STATE
                        && !entry.key().eid().equals(Eid.parse(server.eid)))
                .forEach(entry -> {
                    String received = server.received.get(name(entry.key()));
                    boolean isForbidden = entry.key().id().equals("PJSIP/1")
                            && first.service.policy().equals(DIVIDED)
                            && isParis(entry.key().eid().toString()) != isParis(server.eid);
                    if (isForbidden) {
                        // Known limit: a node that was restarted or cut off does not know what a server has received
                        // elsewhere.
                        boolean mustKnow = isCalm || server.hasReceivedHere(name(entry.key()));
                        if (mustKnow && !isEnded(received)) {
                            faults.add(server.session + " shows " + received + " of " + name(entry.key())
                                    + ", which it may not receive");
                        }
                    } else if (!entry.value().toString().equals(received)) {
                        faults.add(server.session + " has received " + received + " of " + name(entry.key())
                                + ", which is " + entry.value());
                    }
                });
        Map<String, Entry> newest = new TreeMap<>();
        first.entries().stream()
                .filter(entry -> entry.key().node() == NodeType.MESSAGE_WAITING)
                .forEach(entry -> newest.merge(
                        entry.key().id(),
                        entry,
                        BinaryOperator.maxBy(Comparator.comparingLong(Entry::changedAtMs)
                                .thenComparing(each -> each.key().eid().value()))));
        newest.forEach((box, entry) -> {
            String received = server.received.get("mailbox " + box);
            boolean isOwn = entry.key().eid().equals(Eid.parse(server.eid));
            if (!isOwn && !SimulatedNode.text(entry.value()).equals(received)) {
                faults.add(server.session + " has received " + received + " of mailbox " + box + ", which is "
                        + SimulatedNode.text(entry.value()) + " by "
                        + entry.key().eid());
            }
        });
    }

    private static boolean isEnded(@Nullable String received) {
        return received == null || received.equals("UNAVAILABLE") || received.equals("0/0");
    }

    /** Of whatever has been withdrawn, a server shows nothing; the known limit of {@link #checkReceived} holds here, too. */
    private void checkWithdrawn(SimulatedAsterisk server, Map<String, String> table, List<String> faults) {
        server.received.forEach((key, received) -> {
            boolean isDevice = key.startsWith("device ");
            boolean isThere = isDevice
                    ? table.containsKey(key)
                    : table.keySet().stream().anyMatch(each -> each.startsWith(key + " "));
            boolean isOwn = server.withdrawn.contains(key);
            if (isCalm && server.isConnected() && !isThere && !isOwn && !isEnded(received)) {
                faults.add(server.session + " shows " + received + " of " + key + ", which is in no table");
            }
        });
    }

    /** No acknowledged count is lost, unless the node that acknowledged it crashed before it was persisted and sent. */
    private void checkMailboxes(SimulatedNode node, List<String> faults) {
        Map<String, String> stored = new TreeMap<>();
        node.entries().stream()
                .filter(entry -> entry.key().node() == NodeType.MESSAGE_WAITING)
                .forEach(entry ->
                        stored.put(entry.key().id() + " " + entry.key().eid(), SimulatedNode.text(entry.value())));
        mailboxes.forEach((key, word) -> {
            Long crashed = crashes.get(word.node);
            boolean mayBeLost = crashed != null && crashed >= word.atMs;
            if (!mayBeLost && !word.counts.equals(stored.get(key))) {
                faults.add("mailbox " + key + " is " + stored.get(key) + ", and " + word.counts
                        + " was acknowledged last, by " + word.node);
            }
        });
    }
}
