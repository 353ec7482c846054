// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.devstate.core.protocol.XmlElement;

/** The network between the nodes: it delays, reorders and loses messages, and its links can be cut. */
final class SimulatedNetwork {

    private final Timeline timeline;
    private final Random random;
    private final double loss;
    private final int mostDelayMs;
    private final Map<String, SimulatedNode> nodes = new HashMap<>();
    private final Set<Set<String>> cut = new HashSet<>();

    SimulatedNetwork(Timeline timeline, Random random, double loss, int mostDelayMs) {
        this.timeline = timeline;
        this.random = random;
        this.loss = loss;
        this.mostDelayMs = mostDelayMs;
    }

    Timeline timeline() {
        return timeline;
    }

    /** A node is there; each knows the others from now on. */
    void start(SimulatedNode node) {
        nodes.put(node.name, node);
        nodes.values().forEach(other -> {
            if (other.isAlive() && other != node) {
                other.replicator().join(node.name);
                node.replicator().join(other.name);
            }
        });
    }

    /** A node has crashed: some of the others notice it at once, the rest by its silence. */
    void crash(SimulatedNode node) {
        node.crash();
        nodes.values().forEach(other -> {
            if (other.isAlive() && random.nextBoolean()) {
                other.replicator().leave(node.name);
            }
        });
    }

    void cut(String one, String other) {
        cut.add(Set.of(one, other));
    }

    void heal(String one, String other) {
        cut.remove(Set.of(one, other));
    }

    void healAll() {
        cut.clear();
    }

    void send(String from, String to, XmlElement message) {
        SimulatedNode target = nodes.get(to);
        if (cut.contains(Set.of(from, to)) || random.nextDouble() < loss || target == null) {
            return;
        }
        timeline.at(1 + random.nextInt(mostDelayMs), () -> {
            if (target.isAlive() && !cut.contains(Set.of(from, to))) {
                target.replicator().receive(from, message);
            }
        });
    }
}
