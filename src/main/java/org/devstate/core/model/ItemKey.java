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

    @Override
    public int hashCode() {
        return 31 * (31 * id.hashCode() + Long.hashCode(eid.value())) + (node == NodeType.DEVICE_STATE ? 0 : 1);
    }
}
