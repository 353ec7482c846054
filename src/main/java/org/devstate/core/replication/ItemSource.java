// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.jspecify.annotations.Nullable;

/** Reads what another node has to be sent, when it is sent. Thread-safe; called with no lock held. */
final class ItemSource {

    private final ReplicatedState state;
    private final ReplicatedState.ReplicationParts parts;

    ItemSource(ReplicatedState state, ReplicatedState.ReplicationParts parts) {
        this.state = state;
        this.parts = parts;
    }

    List<ReplicatedItem> read(List<PendingItem> pending) {
        List<ReplicatedItem> items = new ArrayList<>();
        for (PendingItem each : pending) {
            ReplicatedItem item = read(each);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable ReplicatedItem read(PendingItem pending) {
        if (pending instanceof PendingItem.OfKey of) {
            return entry(of.key());
        }
        if (pending instanceof PendingItem.OfNonCachable of) {
            return new ReplicatedItem.NonCachableValue(of.notification(), of.atMs());
        }
        if (pending instanceof PendingItem.OfLease of) {
            return new ReplicatedItem.EidLease(of.eid(), state.leases().published(of.eid()));
        }
        if (pending instanceof PendingItem.OfBinding of) {
            BindingState binding = parts.bindings().of(of.eid(), state.bindings());
            return binding == null ? null : new ReplicatedItem.EidBinding(of.eid(), binding);
        }
        if (pending instanceof PendingItem.OfPolicy) {
            return parts.policy().current();
        }
        if (pending instanceof PendingItem.OfSubscription of) {
            return new ReplicatedItem.NodeSubscription(of.session(), of.node());
        }
        if (pending instanceof PendingItem.EndOfTable) {
            return new ReplicatedItem.TableSent();
        }
        throw new IllegalArgumentException("unknown item: " + pending);
    }

    private @Nullable ReplicatedItem entry(ItemKey key) {
        Entry entry = state.entries().table().get(key);
        return entry == null || entry.isAwaited() ? parts.removals().of(key) : new ReplicatedItem.StoredEntry(entry);
    }

    /** The policy, all bindings, all leases of sessions here, and all subscriptions that are known: they are few, and sent to a node whenever it joins. */
    List<PendingItem> all() {
        List<PendingItem> all = new ArrayList<>();
        all.add(new PendingItem.OfPolicy());
        parts.bindings().eids(state.bindings()).forEach(eid -> all.add(new PendingItem.OfBinding(eid)));
        state.leases().published().forEach(eid -> all.add(new PendingItem.OfLease(eid)));
        for (NodeType node : NodeType.values()) {
            state.entries()
                    .recorder()
                    .expectedSubscribers(node)
                    .forEach(session -> all.add(new PendingItem.OfSubscription(session, node)));
        }
        return all;
    }

    /** The ranges in which the table of another node differs. */
    BitSet differences(TableDigest other) {
        return other.ofSameRanges(state.entries().table()).differences(other);
    }

    /** The entries and removals here of those ranges of a digest. */
    List<PendingItem> keysOf(BitSet ranges, TableDigest digest) {
        List<PendingItem> keys = new ArrayList<>();
        Consumer<ItemKey> add = key -> {
            if (ranges.get(digest.range(key))) {
                keys.add(new PendingItem.OfKey(key));
            }
        };
        for (NodeType node : NodeType.values()) {
            state.entries().table().forEach(node, entry -> add.accept(entry.key()));
        }
        parts.removals().forEach(add);
        return keys;
    }

    TableDigest digest() {
        return TableDigest.of(state.entries().table());
    }
}
