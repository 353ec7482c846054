// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.protocol.XmlElement;

/** Sends and receives the stanzas of res_xmpp, if no Asterisk is available. */
public final class SimulatedAsterisk implements Pbx {

    private static final Map<String, String> SHOWN = Map.of(
            "NOT_INUSE", "Not in use",
            "INUSE", "In use",
            "BUSY", "Busy",
            "RINGING", "Ringing",
            "ONHOLD", "On Hold",
            "UNAVAILABLE", "Unavailable",
            "INVALID", "Invalid",
            "RINGINUSE", "Ring+Inuse");

    private final String name;
    private final String eid;
    private final XmppServer xmpp;
    private final XmppClient client;
    private final Map<String, String> states = new ConcurrentHashMap<>();

    /** Logs in as {@code name} and sends the requests of Asterisk's start. */
    public SimulatedAsterisk(String name, int number, XmppServer xmpp) {
        this.name = name;
        this.eid = "00:11:22:33:44:%02x".formatted(number);
        this.xmpp = xmpp;
        this.client = XmppClient.login(xmpp, name, "asterisk");
        Thread listener = new Thread(this::listen, "simulated-" + name);
        listener.setDaemon(true);
        listener.start();
        for (String action : new String[] {"unsubscribe", "subscribe"}) {
            for (String node : new String[] {"device_state", "message_waiting"}) {
                request("<%s jid='%s@%s' node='%s'/>".formatted(action, name, XmppServer.DOMAIN, node));
            }
        }
        client.send("<presence/>");
    }

    @Override
    public String title() {
        return name + " (simulated)";
    }

    @Override
    public Duration awaitConnected(Duration limit) {
        return Duration.ZERO; // or it would not be here
    }

    @Override
    public void setDeviceState(String device, String state) {
        states.put(device, state);
        request(
                ("<publish node='device_state'><item id='%s'><state xmlns='http://asterisk.org' eid='%s' cachable='1'>%s"
                                + "</state></item></publish>")
                        .formatted(device, eid, state));
    }

    @Override
    public String queueMember(String device) {
        return "Agent (from " + device + ") (" + SHOWN.getOrDefault(states.getOrDefault(device, ""), "Unknown") + ")";
    }

    @Override
    public String howToLookInside() {
        return "simulated: there is no inside";
    }

    @Override
    public void close() {
        client.close();
    }

    private void request(String content) {
        client.request(
                "set", xmpp.service(), "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + content + "</pubsub>");
    }

    private void listen() {
        try {
            while (true) {
                XmlElement message = client.nextMessage(Duration.ofDays(1));
                if (message != null) {
                    hear(message);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As Asterisk: the first item of the first items of the event. */
    private void hear(XmlElement message) {
        XmlElement item = message.children().get(0).children().get(0).children().get(0);
        XmlElement payload = item.children().get(0);
        String device = item.attribute("id");
        if (device != null && payload.name().equals("state") && !eid.equals(payload.attribute("eid"))) {
            states.put(device, payload.text());
        }
    }
}
