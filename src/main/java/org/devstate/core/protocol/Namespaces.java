// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

/** The XML namespaces of the core. */
public final class Namespaces {
    /** Stanzas of a client stream (RFC 6120); hosts map it to the one of their stream. */
    public static final String CLIENT = "jabber:client";
    /** Stanza error conditions (RFC 6120, 8.3). */
    public static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    /** XEP-0060. */
    public static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    /** XEP-0060, 8: the owner's use cases. */
    public static final String PUBSUB_OWNER = "http://jabber.org/protocol/pubsub#owner";
    /** XEP-0060, 7.1.2: notifications. */
    public static final String PUBSUB_EVENT = "http://jabber.org/protocol/pubsub#event";
    /** XEP-0060: application-specific error conditions. */
    public static final String PUBSUB_ERRORS = "http://jabber.org/protocol/pubsub#errors";
    /** Asterisk's payloads (res_xmpp.c). */
    public static final String ASTERISK = "http://asterisk.org";
    /** XEP-0004. */
    public static final String DATA_FORM = "jabber:x:data";

    /** Data types of form fields (XEP-0122). */
    public static final String DATA_VALIDATE = "http://jabber.org/protocol/xdata-validate";
    /** XEP-0030. */
    public static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    /** XEP-0030. */
    public static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    /** XEP-0059. */
    public static final String RSM = "http://jabber.org/protocol/rsm";
    /** XEP-0050. */
    public static final String COMMANDS = "http://jabber.org/protocol/commands";
    /** XEP-0199. */
    public static final String PING = "urn:xmpp:ping";

    private Namespaces() {}
}
