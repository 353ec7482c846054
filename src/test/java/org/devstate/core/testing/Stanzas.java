// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;

/** Stanzas as Asterisk writes them, and as it must receive them. All of them have the id {@code x1}. */
public final class Stanzas {

    public static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    public static final String OWNER = PUBSUB + "#owner";
    public static final String EID_A = "00:11:22:33:44:5a";
    public static final String EID_B = "00:11:22:33:44:5b";

    private Stanzas() {}

    /** An IQ with {@code content} inside. */
    public static XmlElement iq(String type, String content) {
        return Xml.parse("<iq xmlns='jabber:client' type='%s' id='x1'>%s</iq>".formatted(type, content));
    }

    /** A set of {@code content} inside a {@code pubsub}. */
    public static XmlElement set(String content) {
        return iq("set", "<pubsub xmlns='%s'>%s</pubsub>".formatted(PUBSUB, content));
    }

    /** A set of {@code content} inside an owner's {@code pubsub}. */
    public static XmlElement owner(String content) {
        return iq("set", "<pubsub xmlns='%s'>%s</pubsub>".formatted(OWNER, content));
    }

    /** Asks for all the items of a node. */
    public static XmlElement items(String node) {
        return iq("get", "<pubsub xmlns='%s'><items node='%s'/></pubsub>".formatted(PUBSUB, node));
    }

    /** A discovery request for items or info. */
    public static XmlElement disco(String what, String node) {
        return iq("get", "<query xmlns='http://jabber.org/protocol/disco#%s' node='%s'/>".formatted(what, node));
    }

    /** The legacy code of an answer that is an error, else its type. */
    public static String codeOf(XmlElement answer) {
        return answer.children().stream()
                .filter(child -> child.name().equals("error"))
                .map(error -> String.valueOf(error.attribute("code")))
                .findFirst()
                .orElse(String.valueOf(answer.attribute("type")));
    }

    public static XmlElement publish(String node, String items) {
        return set("<publish node='%s'>%s</publish>".formatted(node, items));
    }

    public static XmlElement publishState(String device, String eid, String state) {
        return publish("device_state", stateItem(device, eid, "1", state));
    }

    /** A non-cachable state, with Asterisk's options for it. */
    public static XmlElement publishNonCachable(String device, String eid, String state) {
        return set(
                "<publish node='device_state'>" + stateItem(device, eid, "0", state)
                        + """
                </publish>
                <publish-options><x xmlns='jabber:x:data' type='submit'>
                  <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#publish-options</value></field>
                  <field var='pubsub#persist_items'><value>0</value></field>
                </x></publish-options>""");
    }

    public static XmlElement publishMailbox(String mailbox, String eid, int newMessages, int oldMessages) {
        return publish("message_waiting", mailboxItem(mailbox, eid, newMessages, oldMessages));
    }

    public static XmlElement subscribe(String node, String jid) {
        return set("<subscribe node='%s' jid='%s'/>".formatted(node, jid));
    }

    public static XmlElement unsubscribe(String node, String jid) {
        return set("<unsubscribe node='%s' jid='%s'/>".formatted(node, jid));
    }

    /** The bare result of a request. */
    public static XmlElement result(Jid service, Jid to) {
        return Xml.parse("<iq xmlns='jabber:client' type='result' from='%s' to='%s' id='x1'/>".formatted(service, to));
    }

    /** The notification of a device to a subscriber. */
    public static XmlElement stateMessage(Jid service, Jid to, String device, String eid, String state) {
        return message(service, to, "device_state", stateItem(device, eid, "1", state));
    }

    /** The notification of a non-cachable state to a subscriber. */
    public static XmlElement nonCachableMessage(Jid service, Jid to, String device, String eid, String state) {
        return message(service, to, "device_state", stateItem(device, eid, "0", state));
    }

    /** The notification of a mailbox to a subscriber. */
    public static XmlElement mailboxMessage(
            Jid service, Jid to, String mailbox, String eid, int newMessages, int oldMessages) {
        return message(service, to, "message_waiting", mailboxItem(mailbox, eid, newMessages, oldMessages));
    }

    private static XmlElement message(Jid service, Jid to, String node, String item) {
        return Xml.parse(
                """
                <message xmlns='jabber:client' type='headline' from='%s' to='%s'>
                  <event xmlns='http://jabber.org/protocol/pubsub#event'><items node='%s'>%s</items></event>
                </message>"""
                        .formatted(service, to, node, item));
    }

    private static String stateItem(String device, String eid, String cachable, String state) {
        return "<item id='%s'><state xmlns='http://asterisk.org' eid='%s' cachable='%s'>%s</state></item>"
                .formatted(device, eid, cachable, state);
    }

    /** The item of a mailbox. */
    public static String mailboxItem(String mailbox, String eid, int newMessages, int oldMessages) {
        return "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%d</NEWMSGS><OLDMSGS>%d</OLDMSGS></mailbox></item>"
                .formatted(mailbox, eid, newMessages, oldMessages);
    }
}
