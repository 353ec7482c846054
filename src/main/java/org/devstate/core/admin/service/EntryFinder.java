// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Site;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/** Finds entries for administrators. Thread-safe; looks at every entry. */
public final class EntryFinder {

    private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::node)
            .thenComparing(ItemKey::id)
            .thenComparingLong(key -> key.eid().value());

    private final ActivePolicy activePolicy;
    private final StateTable table;
    private final NonCachableStates nonCachable;

    public EntryFinder(ActivePolicy activePolicy, StateTable table, NonCachableStates nonCachable) {
        this.activePolicy = activePolicy;
        this.table = table;
        this.nonCachable = nonCachable;
    }

    /** As {@link Entries#find}. */
    Entries.FoundEntries find(Predicate<Entries.Known> which, @Nullable ItemKey after, int most) {
        CompiledPolicy compiled = activePolicy.now();
        TreeSet<Entries.Known> found = new TreeSet<>(
                Comparator.comparing((Entries.Known known) -> known.entry().key(), ORDER));
        int[] count = new int[1];
        for (NodeType node : NodeType.values()) {
            table.forEach(node, entry -> {
                Entries.Known known = known(entry, compiled);
                if (which.test(known)) {
                    count[0]++;
                    if (after == null || ORDER.compare(entry.key(), after) > 0) {
                        found.add(known);
                    }
                    if (found.size() > most) {
                        found.pollLast();
                    }
                }
            });
        }
        return new Entries.FoundEntries(List.copyOf(found), count[0]);
    }

    /** An entry as administrators see it under that policy. */
    static Entries.Known known(Entry entry, CompiledPolicy compiled) {
        Site site = compiled.siteOf(entry.publisher());
        return new Entries.Known(entry, site == null ? "" : site.name(), entry.epoch() == Entry.BY_HAND);
    }

    /** As {@link Entries#nonCachable}. */
    List<NonCachableStates.NonCachableState> nonCachable(String device) {
        return nonCachable.of(device);
    }

    /** As {@link Entries#awaited}. */
    List<Entry> awaited(String device) {
        List<Entry> awaited = new ArrayList<>();
        table.forEachKey(NodeType.DEVICE_STATE, entry -> {
            if (entry.isAwaited() && entry.key().id().equals(device)) {
                awaited.add(entry);
            }
        });
        return awaited;
    }
}
