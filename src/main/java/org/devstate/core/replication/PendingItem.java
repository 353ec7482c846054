// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;

/** What another node has still to be sent. Of everything but non-cachable values, only what it is about is pending, not its value. */
sealed interface PendingItem {

    /** An entry, or its removal. */
    record OfKey(ItemKey key) implements PendingItem {}

    /** A lease. */
    record OfLease(Eid eid) implements PendingItem {}

    /** The binding of an EID. */
    record OfBinding(Eid eid) implements PendingItem {}

    /** The policy. */
    record OfPolicy() implements PendingItem {}

    /** A subscription. */
    record OfSubscription(Jid session, NodeType node) implements PendingItem {}

    /** The end of the table. */
    record EndOfTable() implements PendingItem {}

    /** A value that is not stored. */
    record OfNonCachable(Notification notification, long atMs) implements PendingItem {}

    /** Whether it is sent before all entries: they are judged by it, or it takes note of their end. */
    default boolean isFirst() {
        return this instanceof OfLease
                || this instanceof OfBinding
                || this instanceof OfPolicy
                || this instanceof OfSubscription;
    }
}
