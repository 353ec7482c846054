// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Value;

/** The outcome of a validation. */
public sealed interface Verdict {

    /**
     * The publish is valid.
     *
     * @param key of the entry
     * @param value of the entry
     * @param cachable whether it is to be stored (Asterisk: {@code cachable="0"} is not)
     */
    record Accepted(ItemKey key, Value value, boolean cachable) implements Verdict {}

    /**
     * The publish is invalid.
     *
     * @param reason the kind of fault
     * @param detail the fault, for a person; of the sender's own text it holds only a name that is short and readable
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
