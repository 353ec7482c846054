package org.devstate.core.validation;

import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Value;

/** What became of a publish. */
public sealed interface Verdict {

    /**
     * It is sound.
     *
     * @param key what it is about
     * @param value what it says
     * @param cachable whether it is to be kept (Asterisk: {@code cachable="0"} is not)
     */
    record Accepted(ItemKey key, Value value, boolean cachable) implements Verdict {}

    /**
     * It is not.
     *
     * @param reason what kind of fault it has
     * @param detail the fault, for a person; of what the sender wrote it holds a name that is short and can be read
     */
    record Rejected(Reason reason, String detail) implements Verdict {}

    /** The kinds of fault; each is counted by itself. */
    enum Reason {
        /** No item, or more than one: Asterisk reads only the first. */
        ITEM_COUNT,
        /** The item's id is missing or too long, has characters that Asterisk does not read back, or cannot be a mailbox. */
        ITEM_ID,
        /** No payload, more than one, or not the element that belongs to the node. */
        PAYLOAD,
        /** The EID is missing, is not six hex bytes, or cannot be that of one server. */
        EID,
        /** The device state is none that Asterisk knows. */
        STATE,
        /** A message count is missing, not a number or out of range. */
        COUNT,
        /** {@code cachable} is neither 0 nor 1. */
        CACHABLE
    }
}
