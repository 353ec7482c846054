// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import org.devstate.core.protocol.XmlElement;

/** Takes the stanzas of the host itself for the XMPP server. Implementations are thread-safe and return at once. */
@FunctionalInterface
public interface StanzaSink {

    /** Sends {@code stanza}, which has its addresses already. */
    void send(XmlElement stanza);
}
