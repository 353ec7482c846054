// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.sessions.Leases;
import org.devstate.core.state.FinalValue;
import org.jspecify.annotations.Nullable;

/** What one node sends another. */
sealed interface ReplicatedItem {

    /** The last value of a key. */
    record StoredEntry(Entry entry) implements ReplicatedItem {}

    /**
     * A key without an entry.
     *
     * @param atMs when its entry was removed, in milliseconds since the epoch
     * @param epoch of that entry
     * @param last the last value of a device; {@code null} for the offline state of its site
     */
    record RemovedEntry(ItemKey key, long atMs, long epoch, @Nullable FinalValue last) implements ReplicatedItem {}

    /** A value that was delivered and not stored. */
    record NonCachableValue(Notification notification, long atMs) implements ReplicatedItem {}

    /**
     * Which session publishes for an EID.
     *
     * @param lease {@code null} if none does that is connected to the sending node
     */
    record EidLease(Eid eid, Leases.@Nullable PublishedLease lease) implements ReplicatedItem {}

    /** Which account an EID belongs to. */
    record EidBinding(Eid eid, BindingState state) implements ReplicatedItem {}

    /**
     * Which account an EID belongs to, in the order in which nodes must agree on it: a binding after a release counts more than one before;
     * of two without a release between them, the first.
     *
     * @param account {@code null} if the EID is free
     * @param releases how many times it was released since the nodes were started
     * @param atMs when it was bound, in milliseconds since the epoch; 0 if that was before a restart
     */
    record BindingState(@Nullable Account account, long releases, long atMs) {

        boolean countsBefore(BindingState other) {
            if (releases != other.releases) {
                return releases > other.releases;
            }
            if (account == null || other.account == null) {
                return account != null && other.account == null;
            }
            return atMs != other.atMs ? atMs < other.atMs : account.compareTo(other.account) < 0;
        }
    }

    /**
     * The policy in force.
     *
     * @param number how many changes by command there were
     * @param atMs when the last one was made, in milliseconds since the epoch; 0 for the policy from before a restart
     * @param text the policy
     */
    record NumberedPolicy(long number, long atMs, String text) implements ReplicatedItem {}

    /** A session has subscribed at the sending node: it is likely to subscribe again, at any node. */
    record NodeSubscription(Jid session, NodeType node) implements ReplicatedItem {}

    /** All that the sending node had when its peer joined has been sent. */
    record TableSent() implements ReplicatedItem {}
}
