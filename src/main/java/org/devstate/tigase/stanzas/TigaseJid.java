// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import org.devstate.core.model.Jid;
import tigase.xmpp.jid.JID;

/** An address that came from Tigase, with Tigase's own form of it. Equal to any other {@link Jid} of the same text. */
final class TigaseJid extends Jid {

    private final JID source;

    TigaseJid(String bare, String resource, JID source) {
        super(bare, resource);
        this.source = source;
    }

    JID source() {
        return source;
    }
}
