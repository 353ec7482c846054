// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The key of an entry: one device or mailbox of one server. Two servers never share a key.
 *
 * @param node the node of the publish
 * @param id the device or mailbox name, as validated
 * @param eid the publisher's EID
 */
public record ItemKey(NodeType node, String id, Eid eid) {

    // Written out, because several maps look up a key for each subscriber of each change, and a record's own methods
    // use method handles. The hash does not depend on the virtual machine, as that of an enum would.

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof ItemKey key
                        && node == key.node
                        && eid.value() == key.eid.value()
                        && id.equals(key.id));
    }

    /**
     * Whether an Asterisk takes a notification on {@code other} for the same subject: it has a value per EID for a device, but one for
     * a mailbox, from any server.
     */
    public boolean isOfOneSubject(ItemKey other) {
        return node == other.node
                && (node == NodeType.MESSAGE_WAITING || eid.value() == other.eid.value())
                && id.equals(other.id);
    }

    /** A hash that is the same for all keys {@linkplain #isOfOneSubject of one subject}. */
    public int subjectHash() {
        return node == NodeType.MESSAGE_WAITING ? 31 * id.hashCode() : hashCode();
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + Long.hashCode(eid.value())) + (node == NodeType.DEVICE_STATE ? 0 : 1);
    }
}
