// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Stanzas;
import org.jspecify.annotations.Nullable;

/** An Asterisk server: its own states, and what it has received of the others, of which the last counts. */
final class SimulatedAsterisk {

    final Jid session;
    final String eid;

    /** Its cache of own device states. */
    final Map<String, String> devices = new LinkedHashMap<>();

    /** What it received last: by device and EID, or by mailbox, for which its own counts are included. */
    final Map<String, String> received = new HashMap<>();

    /** The counts of its own mailboxes, which light its lamps. */
    final Map<String, String> mailboxes = new HashMap<>();

    /** The mailboxes that it has withdrawn itself: its lamps go on showing its own counts. */
    final Set<String> withdrawn = new HashSet<>();

    @Nullable
    SimulatedNode node;

    /** When it connected last. */
    long connectedAtMs;

    private final Map<String, SimulatedNode> senders = new HashMap<>();

    SimulatedAsterisk(int number) {
        this.session = Jid.of("pbx" + number + "@example.net/asterisk");
        this.eid = "00:11:22:33:44:0" + number;
    }

    boolean isConnected() {
        return node != null && node.isAlive();
    }

    /** Logs in at a node: it repeats its whole cache, and subscribes. */
    void connect(SimulatedNode to) {
        node = to;
        to.service.handle(session, Stanzas.unsubscribe("device_state", session.bare()));
        to.service.handle(session, Stanzas.unsubscribe("message_waiting", session.bare()));
        devices.forEach((device, state) -> to.service.handle(session, Stanzas.publishState(device, eid, state)));
        to.service.handle(session, Stanzas.subscribe("device_state", session.bare()));
        to.service.handle(session, Stanzas.subscribe("message_waiting", session.bare()));
    }

    /** Changes a device, and publishes it if it is connected. */
    void change(String device, String state) {
        devices.put(device, state);
        SimulatedNode to = node;
        if (to != null && to.isAlive()) {
            to.service.handle(session, Stanzas.publishState(device, eid, state));
        }
    }

    /** It is started anew: its cache is empty, and it has received nothing. Its own mailboxes are there. */
    void restart() {
        devices.clear();
        received.clear();
        received.putAll(mailboxes);
    }

    /** Whether it has received the state of a device from the node that it is connected to. */
    boolean hasReceivedHere(String key) {
        return senders.get(key) == node;
    }

    /** Takes a notification; its own states, which it ignores, included. */
    void take(XmlElement message) {
        for (XmlElement event : message.children()) {
            for (XmlElement items : event.children()) {
                for (XmlElement item : items.children()) {
                    take(items.attribute("node"), item);
                }
            }
        }
    }

    private void take(@Nullable String node, XmlElement item) {
        String id = item.attribute("id");
        XmlElement payload = item.children().get(0);
        // Hints are updated neither by own items nor by non-cachable ones.
        if (eid.equalsIgnoreCase(payload.attribute("eid")) || "0".equals(payload.attribute("cachable"))) {
            return;
        }
        if ("device_state".equals(node)) {
            String key = "device " + id + " " + payload.attribute("eid");
            received.put(key, payload.text());
            senders.put(key, Objects.requireNonNull(this.node));
        } else {
            List<XmlElement> counts = payload.children();
            received.put(
                    "mailbox " + id, counts.get(0).text() + "/" + counts.get(1).text());
        }
    }
}
