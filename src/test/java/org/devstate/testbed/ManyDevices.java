package org.devstate.testbed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.protocol.XmlElement;

/**
 * A simulated server with many devices: when it connects, it does what res_xmpp does, which is to say all that it knows without waiting for
 * an answer, and to subscribe behind that.
 */
public final class ManyDevices implements AutoCloseable {

    private static final String SET =
            "<iq type='set' id='%s' to='%s'><pubsub xmlns='http://jabber.org/protocol/pubsub'>%s</pubsub></iq>";

    /** What was said of a device, by which server. */
    public record Device(String id, String eid) {}

    private final XmppServer xmpp;
    private final String account;
    private final String eid;
    private final XmppClient client;
    private final Map<Device, String> heard = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();

    private ManyDevices(XmppServer xmpp, String user, String eid, XmppClient client) {
        this.xmpp = xmpp;
        this.account = user + "@" + XmppServer.DOMAIN;
        this.eid = eid;
        this.client = client;
    }

    /** Logs in, and sends all that it has to say, which has not been answered when this returns. */
    public static ManyDevices connect(XmppServer xmpp, String user, String eid, Map<Device, String> states) {
        ManyDevices server = new ManyDevices(xmpp, user, eid, XmppClient.login(xmpp, user, "asterisk"));
        Thread listener = new Thread(server::listen, "many-" + user);
        listener.setDaemon(true);
        listener.start();
        server.client.send(server.dump(states));
        return server;
    }

    private String dump(Map<Device, String> states) {
        StringBuilder stanzas = new StringBuilder();
        action(stanzas, "unsubscribe");
        states.forEach((device, state) -> stanzas.append(SET.formatted(
                device.id(),
                xmpp.service(),
                "<publish node='device_state'><item id='" + device.id() + "'><state xmlns='http://asterisk.org' eid='"
                        + eid + "' cachable='1'>" + state + "</state></item></publish>")));
        action(stanzas, "subscribe");
        return stanzas.append("<presence/>").toString();
    }

    private void action(StringBuilder stanzas, String action) {
        for (String node : new String[] {"device_state", "message_waiting"}) {
            stanzas.append(SET.formatted(
                    action + node, xmpp.service(), "<" + action + " node='" + node + "' jid='" + account + "'/>"));
        }
    }

    /** The last that it was told of each device. */
    public Map<Device, String> heard() {
        return heard;
    }

    /** How much it was told. */
    public long messages() {
        return messages.get();
    }

    private void listen() {
        try {
            while (!client.hasEnded()) {
                XmlElement message = client.nextMessage(Duration.ofSeconds(1));
                if (message != null) {
                    hear(message);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(XmlElement message) {
        XmlElement item = message.children().get(0).children().get(0).children().get(0);
        XmlElement state = item.children().get(0);
        heard.put(
                new Device(String.valueOf(item.attribute("id")), String.valueOf(state.attribute("eid"))), state.text());
        messages.incrementAndGet();
    }

    @Override
    public void close() {
        client.close();
    }
}
