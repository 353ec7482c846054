// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

/**
 * Recognizes the query by which a server asks an Asterisk for the capabilities that its presence announces (XEP-0115). Asterisk answers in
 * one thread while others publish on the same TLS connection, which {@code res_xmpp.c} does not synchronize. Measured: it then lost about every
 * second connection, right after that answer, which is the likely reason. The service does not need the answer.
 */
public final class CapabilityQueries {

    /** The name that Asterisk announces, up to a {@code #} and its version. */
    private static final String NODE = "http://www.asterisk.org/xmpp/client/caps#";

    private CapabilityQueries() {}

    /** Whether {@code stanza} asks an Asterisk for its capabilities. */
    public static boolean isToAsterisk(ElementView stanza) {
        if (!stanza.name().equals("iq") || !"get".equals(stanza.attribute("type"))) {
            return false;
        }
        ElementView query = stanza.child("query", Namespaces.DISCO_INFO);
        String node = query == null ? null : query.attribute("node");
        return node != null && node.startsWith(NODE);
    }
}
