// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;

/** A device or mailbox with the EID that it is published with. */
record Key(NodeType node, String id, String eid) {

    static Key of(ItemKey key) {
        return new Key(key.node(), key.id(), key.eid().toString());
    }

    ItemKey itemKey() {
        return new ItemKey(node, id, Objects.requireNonNull(Eid.parse(eid)));
    }

    /** What a subscriber has one value of: a mailbox has one, whichever EID it was published with. */
    Key subject() {
        return node == NodeType.MESSAGE_WAITING ? new Key(node, id, "") : this;
    }

    /** What a subscriber receives of the subject: of a mailbox, the EID that it is published with too. */
    String text(String value) {
        return node == NodeType.MESSAGE_WAITING ? eid + " " + value : value;
    }
}
