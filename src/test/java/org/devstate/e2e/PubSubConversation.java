// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;

/**
 * Requests of an owner and a reader to a PubSub service about ordinary nodes, with their answers and notifications (XEP-0060,
 * XEP-0163).
 */
final class PubSubConversation {

    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String DISCO = "http://jabber.org/protocol/disco#";

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?";
    private static final Set<String> MADE_UP = Set.of("subid", "sessionid");

    /** Elements whose children have no order, and by chance one in Tigase. */
    private static final Set<String> UNORDERED = Set.of("query", "affiliations", "subscriptions");

    /** No notification comes that late. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final XmppClient owner;
    private final XmppClient reader;
    private final String service;
    private final List<String> said = new ArrayList<>();

    private PubSubConversation(XmppServer server, XmppClient owner, XmppClient reader) {
        this.owner = owner;
        this.reader = reader;
        this.service = server.service();
    }

    /** Runs it with accounts of its own. Returns all requests, answers and notifications, without the parts that differ each time. */
    static List<String> with(XmppServer server) throws InterruptedException {
        server.addAccount("owner");
        server.addAccount("reader");
        server.addAccount("admin");
        try (XmppClient owner = XmppClient.login(server, "owner", "desk").settle();
                XmppClient reader = XmppClient.login(server, "reader", "desk").settle();
                XmppClient admin = XmppClient.login(server, "admin", "desk").settle()) {
            PubSubConversation conversation = new PubSubConversation(server, owner, reader);
            owner.send("<presence/>");
            reader.send("<presence/>");
            conversation.discover();
            conversation.makeNodes();
            conversation.publish();
            conversation.manage();
            conversation.endNodes();
            conversation.reject();
            conversation.personal();
            conversation.commands(admin);
            conversation.nothingMoreIsTold();
            return conversation.said;
        }
    }

    private void discover() {
        ask(owner, "get", "<query xmlns='" + DISCO + "info'/>");
        ask(owner, "get", "<query xmlns='" + DISCO + "items'/>");
        ask(owner, "get", "<query xmlns='jabber:iq:version'/>");
        ask(owner, "get", "<ping xmlns='urn:xmpp:ping'/>");
        ask(owner, "get", owner("<default/>"));
        ask(reader, "get", pubsub("<subscriptions/>"));
        ask(reader, "get", pubsub("<affiliations/>"));
    }

    private void makeNodes() {
        ask(owner, "set", pubsub("<create node='news'/>"));
        ask(owner, "set", pubsub("<create node='news'/>"));
        ask(
                reader,
                "set",
                pubsub("<create node='its own'/><configure>" + form("pubsub#max_items", "2") + "</configure>"));
        ask(
                owner,
                "set",
                pubsub("<create node='devices'/><configure>" + form("pubsub#node_type", "collection")
                        + "</configure>"));
        ask(owner, "set", pubsub("<create node='device_states'/>"));
        ask(owner, "get", owner("<configure node='news'/>"));
        ask(owner, "set", owner("<configure node='news'>" + form("pubsub#title", "News") + "</configure>"));
        ask(reader, "get", owner("<configure node='news'/>"));
        ask(reader, "get", "<query xmlns='" + DISCO + "info' node='news'/>");
        ask(reader, "get", "<query xmlns='" + DISCO + "items' node='news'/>");
        ask(reader, "get", "<query xmlns='" + DISCO + "items'/>");
        ask(reader, "get", "<query xmlns='" + DISCO + "info' node='nothing'/>");
    }

    private void publish() throws InterruptedException {
        ask(reader, "set", pubsub("<subscribe node='news' jid='reader@example.net'/>"));
        ask(reader, "set", pubsub("<subscribe node='news' jid='owner@example.net'/>"));
        ask(reader, "get", pubsub("<subscriptions/>"));
        ask(owner, "set", publish("news", "<item id='1'><entry xmlns='urn:news'>one</entry></item>"));
        told(1);
        ask(owner, "set", publish("news", "<item id='2'><entry xmlns='urn:news'>two</entry></item>"));
        told(1);
        ask(owner, "set", publish("news", "<item id='2'><entry xmlns='urn:news'>two again</entry></item>"));
        told(1);
        ask(owner, "set", publish("news", "<item id='PJSIP/1'><state xmlns='http://asterisk.org'/></item>"));
        told(1);
        ask(reader, "set", publish("news", "<item id='3'><entry xmlns='urn:news'>three</entry></item>"));
        ask(owner, "set", publish("nothing", "<item id='1'/>"));
        ask(reader, "get", pubsub("<items node='news'/>"));
        ask(reader, "get", pubsub("<items node='news' max_items='1'/>"));
        ask(reader, "get", pubsub("<items node='news'><item id='1'/></items>"));
        ask(reader, "get", pubsub("<items node='nothing'/>"));
        ask(reader, "get", "<query xmlns='" + DISCO + "items' node='news'/>");
        ask(owner, "set", pubsub("<retract node='news' notify='true'><item id='1'/></retract>"));
        told(1);
        ask(reader, "set", pubsub("<retract node='news'><item id='2'/></retract>"));
    }

    private void manage() {
        ask(owner, "get", owner("<subscriptions node='news'/>"));
        ask(owner, "get", owner("<affiliations node='news'/>"));
        ask(reader, "get", owner("<affiliations node='news'/>"));
        ask(
                owner,
                "set",
                owner("<affiliations node='news'><affiliation jid='reader@example.net'"
                        + " affiliation='publisher'/></affiliations>"));
        ask(reader, "get", pubsub("<affiliations/>"));
        ask(reader, "get", pubsub("<options node='news' jid='reader@example.net'/>"));
        ask(reader, "set", pubsub("<unsubscribe node='news' jid='reader@example.net'/>"));
        ask(reader, "set", pubsub("<unsubscribe node='news' jid='reader@example.net'/>"));
        ask(
                owner,
                "set",
                owner("<subscriptions node='news'><subscription jid='reader@example.net'"
                        + " subscription='subscribed'/></subscriptions>"));
        ask(owner, "get", owner("<subscriptions node='news'/>"));
    }

    private void endNodes() throws InterruptedException {
        ask(reader, "set", owner("<purge node='news'/>"));
        ask(owner, "set", owner("<purge node='news'/>"));
        told(1);
        ask(reader, "get", pubsub("<items node='news'/>"));
        ask(reader, "set", owner("<delete node='news'/>"));
        ask(owner, "set", owner("<delete node='news'/>"));
        told(1);
        ask(owner, "set", owner("<delete node='news'/>"));
        ask(owner, "set", owner("<delete node='device_states'/>"));
        ask(reader, "get", "<query xmlns='" + DISCO + "items'/>");
    }

    private void reject() {
        ask(owner, "set", pubsub(""));
        ask(owner, "set", pubsub("<dance node='news'/>"));
        ask(owner, "set", pubsub("<publish/>"));
        ask(owner, "get", pubsub("<items/>"));
        ask(owner, "set", pubsub("<subscribe node='nothing' jid='owner@example.net'/>"));
        ask(owner, "set", owner("<delete/>"));
        ask(owner, "get", "<query xmlns='urn:nothing'/>");
    }

    private void personal() {
        askOf(
                owner,
                "owner@example.net",
                "set",
                publish("urn:mood", "<item id='now'><mood xmlns='urn:mood'>calm</mood></item>"));
        askOf(owner, "owner@example.net", "get", pubsub("<items node='urn:mood'/>"));
        askOf(reader, "owner@example.net", "get", pubsub("<items node='urn:mood'/>"));
        askOf(reader, "owner@example.net", "get", pubsub("<items node='device_state'/>"));
        askOf(
                owner,
                "owner@example.net",
                "set",
                publish("device_state", "<item id='now'><mood xmlns='urn:mood'>mine</mood></item>"));
        askOf(owner, "owner@example.net", "get", pubsub("<items node='device_state'/>"));
        askOf(owner, "owner@example.net", "get", "<query xmlns='" + DISCO + "info'/>");
        askOf(owner, "owner@example.net", "set", owner("<delete node='urn:mood'/>"));
    }

    private void commands(XmppClient admin) {
        String list = "<query xmlns='" + DISCO + "items' node='http://jabber.org/protocol/commands'/>";
        ask(owner, "get", list);
        for (String node : List.of("default-config", "read-all-nodes")) {
            String execute = "<command xmlns='http://jabber.org/protocol/commands' node='" + node + "'/>";
            ask(admin, "set", execute); // of any other account the plugin rejects every command, which stock does
            // not
        }
    }

    private void ask(XmppClient client, String type, String content) {
        askOf(client, service, type, content);
    }

    private void askOf(XmppClient client, String to, String type, String content) {
        said.add("> " + content);
        said.add("< " + withoutChance(client.request(type, to, content)));
    }

    private void told(int messages) throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            XmlElement message = reader.nextMessage(Duration.ofSeconds(10));
            said.add("* " + (message == null ? "nothing" : withoutChance(message)));
        }
    }

    private void nothingMoreIsTold() throws InterruptedException {
        for (XmppClient client : List.of(owner, reader)) {
            for (XmlElement message = client.nextMessage(SILENCE);
                    message != null;
                    message = client.nextMessage(SILENCE)) {
                said.add("late * " + withoutChance(message));
            }
        }
    }

    /** Without times and random values, and with unordered parts in one order. */
    private static String withoutChance(XmlElement element) {
        StringBuilder text = new StringBuilder("<" + element.name() + " xmlns=" + element.namespace());
        new TreeMap<>(element.attributes()).forEach((name, value) -> text.append(' ')
                .append(name)
                .append('=')
                .append(MADE_UP.contains(name) || (name.equals("id") && value.length() > 15) ? "ANY" : value));
        text.append('>').append(element.text().replaceAll(TIME, "TIME"));
        Stream<String> children = element.children().stream().map(PubSubConversation::withoutChance);
        (UNORDERED.contains(element.name()) ? children.sorted() : children).forEach(text::append);
        return text.append("</>").toString();
    }

    private static String pubsub(String content) {
        return "<pubsub xmlns='" + PUBSUB + "'>" + content + "</pubsub>";
    }

    private static String owner(String content) {
        return "<pubsub xmlns='" + PUBSUB + "#owner'>" + content + "</pubsub>";
    }

    private static String publish(String node, String item) {
        return pubsub("<publish node='" + node + "'>" + item + "</publish>");
    }

    private static String form(String field, String value) {
        return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>" + PUBSUB
                + "#node_config</value></field><field var='" + field + "'><value>" + value
                + "</value></field></x>";
    }
}
