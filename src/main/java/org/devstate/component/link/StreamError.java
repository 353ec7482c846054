// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import org.devstate.core.protocol.ElementView;

/**
 * The error with which a server ends a stream (RFC 6120, 4.9).
 *
 * @param condition such as {@code not-authorized}
 * @param text a description for people; empty if there is none
 */
record StreamError(String condition, String text) {

    /** The namespace of streams (RFC 6120, 4.8.1). */
    static final String STREAMS = "http://etherx.jabber.org/streams";

    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-streams";

    /** Whether {@code element} is a stream error. */
    static boolean is(ElementView element) {
        return element.name().equals("error") && element.namespace().equals(STREAMS);
    }

    /** Reads a stream error. */
    static StreamError of(ElementView error) {
        String condition = "undefined-condition";
        String text = "";
        for (ElementView child : error.children()) {
            if (!child.namespace().equals(CONDITIONS)) {
                continue;
            }
            if (child.name().equals("text")) {
                text = child.text();
            } else {
                condition = child.name();
            }
        }
        return new StreamError(condition, text);
    }

    @Override
    public String toString() {
        return text.isEmpty() ? condition : condition + " (" + text + ")";
    }
}
