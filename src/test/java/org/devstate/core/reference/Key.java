package org.devstate.core.reference;

import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;

/** What somebody has a word on. */
record Key(NodeType node, String id, String eid) {

    static Key of(ItemKey key) {
        return new Key(key.node(), key.id(), key.eid().toString());
    }

    ItemKey itemKey() {
        return new ItemKey(node, id, Objects.requireNonNull(Eid.parse(eid)));
    }

    /** What a receiver has one value of: a mailbox has one, whichever EID it was said with. */
    Key subject() {
        return node == NodeType.MESSAGE_WAITING ? new Key(node, id, "") : this;
    }

    /** What a receiver hears of the subject: of a mailbox, the EID that it is said with too. */
    String text(String value) {
        return node == NodeType.MESSAGE_WAITING ? eid + " " + value : value;
    }
}
