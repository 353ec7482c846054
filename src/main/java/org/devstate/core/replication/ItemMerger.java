// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.entries.EntryMerger;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.operatorlog.ClusterLogger;
import org.devstate.core.sessions.Leases;

/** Merges what another node has sent. Thread-safe; called with no lock held, for one node's batches one after another. */
final class ItemMerger {

    private final ReplicatedState state;
    private final ReplicatedState.ReplicationParts parts;
    private final ClusterLogger logger;

    ItemMerger(ReplicatedState state, ReplicatedState.ReplicationParts parts, ClusterLogger logger) {
        this.state = state;
        this.parts = parts;
        this.logger = logger;
    }

    /**
     * Merges {@code items}, which come from {@code node}.
     *
     * @return whether the end of that node's table was among them
     */
    boolean merge(String node, List<ReplicatedItem> items) throws MessageParser.InvalidMessageException {
        Set<Eid> outdated = new HashSet<>();
        boolean isEndOfTable = false;
        for (ReplicatedItem item : items) {
            if (item instanceof ReplicatedItem.NumberedPolicy policy) {
                merge(node, policy);
            } else if (item instanceof ReplicatedItem.EidBinding binding) {
                parts.bindings().merge(binding.eid(), binding.state(), state.bindings(), state.persister());
            } else if (item instanceof ReplicatedItem.EidLease lease) {
                adopt(node, lease, outdated);
            } else if (item instanceof ReplicatedItem.NodeSubscription subscription) {
                state.entries().recorder().expectSubscription(subscription.session(), subscription.node());
            } else if (item instanceof ReplicatedItem.TableSent) {
                isEndOfTable = true;
            }
        }
        state.entries().recorder().merge(merger -> items.forEach(item -> merge(item, merger, outdated)));
        state.gracePeriods().endOutdated(outdated);
        return isEndOfTable;
    }

    private void adopt(String node, ReplicatedItem.EidLease given, Set<Eid> outdated) {
        Leases.PublishedLease lease = given.lease();
        state.leases().adopt(given.eid(), node, lease);
        if (lease != null && state.leases().heldEpoch(given.eid()) > lease.epoch()) {
            outdated.add(given.eid()); // its server has moved here before this node knew which devices it had
        }
    }

    private void merge(String node, ReplicatedItem.NumberedPolicy policy) throws MessageParser.InvalidMessageException {
        switch (parts.policy().merge(policy)) {
            case IN_FORCE -> {}
            case OLDER -> parts.marker().mark(new PendingItem.OfPolicy());
            case REPLACED -> logger.hasReplacedPolicy(node);
            case DIFFERENT -> logger.hasOtherPolicy(node);
        }
    }

    private void merge(ReplicatedItem item, EntryMerger merger, Set<Eid> outdated) {
        if (item instanceof ReplicatedItem.StoredEntry stored) {
            Entry entry = stored.entry();
            long held = state.leases().heldEpoch(entry.key().eid());
            merger.merge(entry, held);
            if (entry.key().node() == NodeType.DEVICE_STATE && entry.epoch() > 0 && entry.epoch() < held) {
                outdated.add(entry.key().eid());
            }
        } else if (item instanceof ReplicatedItem.RemovedEntry removed) {
            ItemKey key = removed.key();
            long held = state.leases().heldEpoch(key.eid());
            if (merger.remove(key, removed.atMs(), removed.epoch(), removed.last(), held)) {
                parts.removals().addElsewhere(removed);
            }
        } else if (item instanceof ReplicatedItem.NodeSubscription subscription) {
            NodeType node = subscription.node();
            merger.subscribedElsewhere(
                    subscription.session(), node, parts.removals().recent(node));
        } else if (item instanceof ReplicatedItem.NonCachableValue nonCachable) {
            merger.deliverNonCachable(nonCachable.notification());
        }
    }
}
