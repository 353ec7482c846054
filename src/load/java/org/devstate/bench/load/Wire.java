// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The stanzas of res_xmpp, byte for byte but for its ids, which are numbers here; and those of the login before. Stateless. */
final class Wire {

    /** The states that a device goes through here, each unlike the one before. */
    static final String[] STATES = {
        "NOT_INUSE", "INUSE", "BUSY", "UNAVAILABLE", "RINGING", "RINGINUSE", "ONHOLD",
    };

    /** The same, as they stand in a stanza. */
    static final byte[][] WORDS = words();

    private static final String PUBSUB = "<pubsub xmlns='http://jabber.org/protocol/pubsub'>";

    private Wire() {}

    static byte[] header(String domain) {
        return bytes("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' to='" + domain
                + "' xmlns:stream='http://etherx.jabber.org/streams'>");
    }

    static byte[] startTls() {
        return bytes("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    }

    /** A login by SASL PLAIN of a user whose password is the user's name. */
    static byte[] auth(String user) {
        byte[] plain = bytes('\0' + user + '\0' + user);
        return bytes("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                + Base64.getEncoder().encodeToString(plain) + "</auth>");
    }

    static byte[] bind(String resource) {
        return bytes("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                + "</resource></bind></iq>");
    }

    /** An account by in-band registration (XEP-0077), with a mail address as Tigase wants it. */
    static byte[] register(String user, String domain, long id) {
        return bytes("<iq type='set' id='n" + id + "' to='" + domain + "'><query xmlns='jabber:iq:register'><username>"
                + user + "</username><password>" + user + "</password><email>" + user + '@' + domain
                + "</email></query></iq>");
    }

    static byte[] presence() {
        return bytes("<presence/>");
    }

    /** The name of a device, by its number. */
    static String id(int device) {
        return "PJSIP/" + device;
    }

    static byte[] publish(String service, String from, long id, String eid, int device, int state) {
        return iq(
                service,
                from,
                id,
                PUBSUB + "<publish node='device_state'><item id='" + id(device)
                        + "'><state xmlns='http://asterisk.org' eid='" + eid + "' cachable='1'>" + STATES[state]
                        + "</state></item></publish></pubsub>");
    }

    /** @param action subscribe or unsubscribe */
    static byte[] subscription(String service, String from, long id, String action, String node) {
        String bare = from.substring(0, from.indexOf('/'));
        return iq(service, from, id, PUBSUB + '<' + action + " jid='" + bare + "' node='" + node + "'/></pubsub>");
    }

    /** Withdraws all entries of this account; in a server with no more than PubSub, it removes the node. */
    static byte[] delete(String service, String from, long id) {
        return iq(
                service,
                from,
                id,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='device_state'/></pubsub>");
    }

    /** Any request to the service. */
    static byte[] iq(String service, String from, long id, String content) {
        return bytes("<iq type='set' to='" + service + "' from='" + from + "' id='n" + id + "'>" + content + "</iq>");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[][] words() {
        byte[][] words = new byte[STATES.length][];
        for (int i = 0; i < words.length; i++) {
            words[i] = bytes(STATES[i]);
        }
        return words;
    }
}
