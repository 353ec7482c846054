// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import java.util.Set;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.devstate.core.stats.RejectionHistory;

/** Something that a node knows of the sessions that are connected to it or were, and of its own work. */
public sealed interface Fact {

    /** The sessions and the traffic of a server; its entries are not counted. */
    record LoadFact(Account account, Load load) implements Fact {}

    /**
     * A session that is connected.
     *
     * @param isSubscribed whether it is subscribed, and none of its publishes can be lost
     * @param nodes of which it receives notifications
     */
    record SessionFact(Jid session, boolean isSubscribed, Set<NodeType> nodes) implements Fact {

        public SessionFact {
            nodes = Set.copyOf(nodes);
        }
    }

    /**
     * An account without a session.
     *
     * @param sinceMs when its last session ended, in milliseconds since the epoch; 0 if that was before the node was started
     * @param graceUntilMs when its grace period is over, in milliseconds since the epoch
     */
    record AbsenceFact(Account account, long sinceMs, long graceUntilMs) implements Fact {}

    /** The outcome of the entry of that EID at a subscriber, or at a site without any. */
    record OutcomeFact(Eid eid, Entries.EntrySubscriber subscriber) implements Fact {}

    /** A publish of the item was rejected. */
    record RejectionFact(RejectionHistory.Rejection rejection) implements Fact {}

    /** The item was published as non-cachable. */
    record NonCachableFact(NonCachableStates.NonCachableState state) implements Fact {}

    /** An administrator has set an entry of the item by hand, at this node. */
    record OverrideFact(EntryOverride override) implements Fact {}

    /** A figure of the node. */
    record MetricFact(Metric metric) implements Fact {}
}
