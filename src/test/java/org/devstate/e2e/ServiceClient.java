// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;

/** A plain client that talks to the service as it likes. */
final class ServiceClient implements AutoCloseable {

    private static final String PUBSUB = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>%s</pubsub>";
    private static final String PUBLISH = "<publish node='%s'>%s</publish>";

    private final XmppClient client;
    private final String service;
    private final String account;

    private ServiceClient(XmppClient client, String service, String account) {
        this.client = client;
        this.service = service;
        this.account = account;
    }

    static ServiceClient login(XmppServer xmpp, String user, String resource) {
        return new ServiceClient(
                XmppClient.login(xmpp, user, resource), xmpp.service(), user + "@" + XmppServer.DOMAIN);
    }

    /** The same with that password. */
    static ServiceClient login(XmppServer xmpp, String user, String password, String resource) {
        return new ServiceClient(
                XmppClient.login(xmpp, user, password, resource), xmpp.service(), user + "@" + XmppServer.DOMAIN);
    }

    /** The same on a server without the gate; see {@link XmppClient#settle}. */
    static ServiceClient loginWithoutGate(XmppServer xmpp, String user, String resource) {
        ServiceClient client = login(xmpp, user, resource);
        client.client.settle();
        return client;
    }

    /** Its bare address. */
    String account() {
        return account;
    }

    /** Whether the server has closed the connection. */
    boolean hasEnded() {
        return client.hasEnded();
    }

    /** Sends an IQ of that content to the service and waits for the answer, result or error. */
    XmlElement request(String type, String content) {
        return client.request(type, service, content);
    }

    /** A request about a node of the service: {@code content} is that of the element {@code pubsub}. */
    XmlElement pubsub(String type, String content) {
        return request(type, PUBSUB.formatted(content));
    }

    /** Whether the service answers such a request with a result, in that time. */
    boolean succeeds(String type, String content, Duration patience) {
        XmlElement answer = client.requestOrNull(type, service, PUBSUB.formatted(content), patience);
        return answer != null && "result".equals(answer.attribute("type"));
    }

    XmlElement publish(String node, String content) {
        return pubsub("set", PUBLISH.formatted(node, content));
    }

    /** The mailboxes that it may know, of one server each, with how many new messages are in them. */
    Map<String, String> newMessages() {
        XmlElement reply = pubsub("get", "<items node='message_waiting'/>");
        return reply.children().get(0).children().get(0).children().stream()
                .collect(Collectors.toMap(
                        item -> String.valueOf(item.attribute("id")),
                        item -> item.children().get(0).children().get(0).text(),
                        (one, other) -> one + " and " + other));
    }

    /** Publishes without waiting for an answer, as Asterisk does. */
    void publishUnasked(String node, Iterable<String> contents) {
        StringBuilder stanzas = new StringBuilder();
        int number = 0;
        for (String content : contents) {
            stanzas.append("<iq type='set' id='n").append(number++).append("' to='" + service + "'>");
            stanzas.append(PUBSUB.formatted(PUBLISH.formatted(node, content))).append("</iq>");
        }
        client.send(stanzas.toString());
    }

    XmlElement requestSubscription(String node) {
        return pubsub("set", "<subscribe node='" + node + "' jid='" + account + "'/>");
    }

    /** Subscribes; the node's entries come as messages then. */
    void subscribe(String node) {
        assertThat(requestSubscription(node).attribute("type")).isEqualTo("result");
    }

    /** Sends a stanza, or anything else, as it is. */
    void send(String xml) {
        client.send(xml);
    }

    /** The next message, or {@code null} if none comes in time. */
    @Nullable
    XmlElement nextMessage(Duration limit) throws InterruptedException {
        return client.nextMessage(limit);
    }

    /** The next state of {@code device} that it receives, apart from others. */
    String nextState(String device) throws InterruptedException {
        while (true) {
            XmlElement item = nextItem("of " + device);
            if (device.equals(item.attribute("id"))) {
                return item.children().get(0).text();
            }
        }
    }

    /** The item of the next message. */
    XmlElement nextItem(String expected) throws InterruptedException {
        XmlElement message = client.nextMessage(Duration.ofSeconds(20));
        if (message == null) {
            throw new AssertionError("nothing comes " + expected);
        }
        return item(message);
    }

    /** The item of the next message, or {@code null} if there is none yet. */
    @Nullable
    XmlElement itemNow() throws InterruptedException {
        XmlElement message = client.nextMessage(Duration.ZERO);
        return message == null ? null : item(message);
    }

    /** The item in a message. */
    static XmlElement item(XmlElement message) {
        return message.children().get(0).children().get(0).children().get(0);
    }

    @Override
    public void close() {
        client.close();
    }

    /** The defined condition of an error reply. */
    static String condition(XmlElement reply) {
        return reply.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.children().stream())
                .filter(child -> child.namespace().equals(Namespaces.STANZAS))
                .filter(child -> !child.name().equals("text"))
                .map(XmlElement::name)
                .findFirst()
                .orElse("no error: " + reply);
    }

    /** An item of a device, as Asterisk publishes it. */
    static String device(String id, String eid, String state) {
        return "<item id='%s'><state xmlns='http://asterisk.org' eid='%s'>%s</state></item>".formatted(id, eid, state);
    }

    /** The same, as Asterisk publishes a non-cachable state. */
    static String nonCachable(String id, String eid, String state) {
        return device(id, eid, state).replace("<state ", "<state cachable='0' ");
    }
}
