// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.List;

/** Stanzas that real Asterisk servers (16.28 and 22.10) sent to a service, one of each kind. */
public final class AsteriskStanzas {

    private static final String SERVICE = "pubsub.example.net";
    private static final String OPEN =
            "<iq to='" + SERVICE + "' from='alice@example.net/asterisk' type='%s' id='aaaac'>%s</iq>";
    private static final String PUBSUB = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>%s</pubsub>";
    private static final String OWNER = "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>%s</pubsub>";
    private static final String STATE = "<publish node='%1$s'><item id='%2$s'><state xmlns='http://asterisk.org'"
            + " eid='00:11:22:33:44:5a' cachable='%3$s'>%4$s</state></item></publish>";
    private static final String MAILBOX = "<publish node='%s'><item id='%s'><mailbox xmlns='http://asterisk.org'"
            + " eid='00:11:22:33:44:5a'><NEWMSGS>2</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item></publish>";
    private static final String FORM = "<x xmlns='jabber:x:data' type='submit'>%s</x>";
    private static final String FIELD = "<field var='%s'><value>%s</value></field>";

    private AsteriskStanzas() {}

    /** All of them; the sender is {@link ServiceFixture#ALICE}. */
    public static List<String> all() {
        return List.of(
                set("<unsubscribe jid='alice@example.net' node='device_state'/>"),
                set("<unsubscribe jid='alice@example.net' node='message_waiting'/>"),
                set(STATE.formatted("device_state", "Custom:agent1", "1", "INUSE")),
                set(STATE.formatted("device_state", "PJSIP/100", "1", "NOT_INUSE")),
                set(STATE.formatted("Queue:support_avail", "Queue:support_avail", "1", "RINGING")),
                set(STATE.formatted("device_state", "Custom:passing", "0", "BUSY")
                        + "<publish-options>"
                        + FORM.formatted(
                                FIELD.formatted("FORM_TYPE", "http://jabber.org/protocol/pubsub#publish-options")
                                        + FIELD.formatted("pubsub#persist_items", "0"))
                        + "</publish-options>"),
                set(MAILBOX.formatted("message_waiting", "500@default")),
                set(MAILBOX.formatted("500@default", "500@default")),
                set("<subscribe jid='alice@example.net' node='device_state'/>"),
                set("<subscribe jid='alice@example.net' node='message_waiting'/><options>"
                        + FORM.formatted(FIELD.formatted("pubsub#subscription_type", "items")
                                + FIELD.formatted("pubsub#subscription_depth", "all"))
                        + "</options>"),
                set("<create node='Custom:agent4'/><configure>"
                        + FORM.formatted(FIELD.formatted("FORM_TYPE", "http://jabber.org/protocol/pubsub#owner")
                                + FIELD.formatted("pubsub#node_type", "leaf")
                                + FIELD.formatted("FORM_TYPE", "http://jabber.org/protocol/pubsub#node_config")
                                + FIELD.formatted("pubsub#collection", "device_state"))
                        + "</configure>"),
                owner("<affiliations node='device_state'><affiliation jid='bob@example.net' affiliation='owner'/>"
                        + "</affiliations>"),
                owner("<affiliations node='Custom:agent4'/>"),
                owner("<delete node='Custom:agent1'/>"),
                owner("<purge node='device_state'/>"),
                get("<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>"),
                get("<query xmlns='http://jabber.org/protocol/disco#items'/>"),
                get("<query xmlns='http://jabber.org/protocol/disco#info' node='message_waiting'/>"),
                get(PUBSUB.formatted("<items node='device_state' max_items='2'/>")),
                get(
                        PUBSUB.formatted(
                                "<items node='device_state'><item id='PJSIP/100'/></items>"
                                        + "<set xmlns='http://jabber.org/protocol/rsm'><max>1</max><after>a 00:11:22:33:44:5a</after></set>")),
                get("<ping xmlns='urn:xmpp:ping'/>"),
                "<presence to='" + SERVICE + "' from='alice@example.net/asterisk' type='unavailable'/>",
                "<presence to='" + SERVICE + "' from='alice@example.net' type='subscribed'/>",
                "<presence from='alice@example.net/asterisk' to='" + SERVICE + "'><priority>1</priority>"
                        + "<c xmlns='http://jabber.org/protocol/caps' node='http://www.asterisk.org/xmpp/client/caps'"
                        + " ver='asterisk-xmpp' ext='voice-v1 video-v1 camera-v1'/></presence>",
                "<message from='alice@example.net/asterisk' to='" + SERVICE
                        + "' type='chat'><body>hello</body></message>");
    }

    private static String set(String content) {
        return OPEN.formatted("set", PUBSUB.formatted(content));
    }

    private static String owner(String content) {
        return OPEN.formatted("set", OWNER.formatted(content));
    }

    private static String get(String content) {
        return OPEN.formatted("get", content);
    }
}
