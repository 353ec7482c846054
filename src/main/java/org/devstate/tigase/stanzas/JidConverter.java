package org.devstate.tigase.stanzas;

import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;
import tigase.xml.XMLUtils;
import tigase.xmpp.jid.JID;

/**
 * Tigase's addresses as the core's, and the other way round. Tigase keeps resources escaped, as they stood in the stanza; the core does
 * not. Reading an address costs, so that each remembers what it was made of. Stateless.
 */
public final class JidConverter {

    private JidConverter() {}

    /** The core's form of an address; {@code null} where it is none that the core knows what to do with. */
    static @Nullable Jid toCore(JID address) {
        String text = address.toString();
        Jid jid = Jid.parse(text.indexOf('&') < 0 ? text : XMLUtils.unescape(text));
        if (jid != null) {
            jid.inHostForm(JID.class, same -> address);
        }
        return jid;
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
        return jid.inHostForm(JID.class, same -> JID.jidInstanceNS(XMLUtils.escape(same.toString())));
    }
}
