// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.Value;

/** The canonical form of an item, as Asterisk reads it (res_xmpp.c), the same for every publisher. Stateless. */
public final class Item {

    private Item() {}

    /**
     * Writes an item.
     *
     * @param cachable whether subscribers may store it (Asterisk: {@code AST_DEVSTATE_CACHABLE}); not written for mailboxes
     * @param namespace of the element around the item
     */
    public static XmlElement of(ItemKey key, Value value, boolean cachable, String namespace) {
        XmlElement payload = value instanceof MailboxCounts counts
                ? mailbox(key, counts)
                : state(key, (DeviceState) value, cachable);
        return XmlElement.around(payload, "item", namespace, "id", key.id());
    }

    private static XmlElement state(ItemKey key, DeviceState state, boolean cachable) {
        return XmlElement.around(
                state.name(),
                "state",
                Namespaces.ASTERISK,
                "eid",
                key.eid().toString(),
                "cachable",
                cachable ? "1" : "0");
    }

    private static XmlElement mailbox(ItemKey key, MailboxCounts counts) {
        return XmlElement.element("mailbox", Namespaces.ASTERISK)
                .attribute("eid", key.eid().toString())
                .child(count("NEWMSGS", counts.newMessages()))
                .child(count("OLDMSGS", counts.oldMessages()))
                .build();
    }

    private static XmlElement count(String name, int count) {
        return XmlElement.around(Integer.toString(count), name, Namespaces.ASTERISK);
    }
}
