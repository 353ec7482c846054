// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;
import tigase.xml.XMLUtils;
import tigase.xmpp.jid.JID;

/**
 * Converts Tigase's addresses to the core's and back. Tigase leaves resources escaped, as in the stanza; the core does not. Reading an
 * address is expensive, so that one from Tigase keeps its source. Stateless.
 */
public final class JidConverter {

    private JidConverter() {}

    /** The core's form of an address; {@code null} if the core cannot use it. */
    public static @Nullable Jid toCore(JID address) {
        String text = address.toString();
        String plain = text.indexOf('&') < 0 ? text : XMLUtils.unescape(text);
        int slash = plain.indexOf('/');
        if (plain.isEmpty() || slash == 0) {
            return null;
        }
        return slash < 0
                ? new TigaseJid(plain, "", address)
                : new TigaseJid(plain.substring(0, slash), plain.substring(slash + 1), address);
    }

    /** The same of a session's, which is always one. */
    public static Jid session(JID address) {
        Jid jid = toCore(address);
        if (jid == null) {
            throw new IllegalArgumentException("not an address: '" + address + "'");
        }
        return jid;
    }

    /** Tigase's form of an address. */
    public static JID toTigase(Jid jid) {
        return jid instanceof TigaseJid own ? own.source() : JID.jidInstanceNS(XMLUtils.escape(jid.toString()));
    }
}
