package org.devstate.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What an entry is about: one server's word on one device or mailbox. Two servers never share a key.
 *
 * @param node the node it was published to
 * @param id the device or mailbox name, as validated
 * @param eid the server that says it
 */
public record ItemKey(NodeType node, String id, Eid eid) {

    // Written out, as several maps look up a key for each receiver of each change, and what a record brings along goes
    // by way
    // of method handles. The hash does not depend on the virtual machine, as that of an enum would.

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof ItemKey key
                        && node == key.node
                        && eid.value() == key.eid.value()
                        && id.equals(key.id));
    }

    /**
     * Whether a notification on {@code other} tells a receiver of the same thing: an Asterisk has a value per EID for a device, but one
     * for a mailbox, whichever server published it.
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
