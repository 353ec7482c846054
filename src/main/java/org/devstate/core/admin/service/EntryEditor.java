// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.List;
import java.util.function.Predicate;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.entries.StoredEntries;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Rule;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.OverrideHistory;
import org.devstate.core.stats.OverrideHistory.EntryOverride;

/** Changes entries in the name of administrators. Thread-safe. */
public final class EntryEditor {

    private final ActivePolicy activePolicy;
    private final EidBindings bindings;
    private final StoredEntries entries;
    private final Clock clock;
    private final OverrideHistory overrides = new OverrideHistory();

    public EntryEditor(ActivePolicy activePolicy, EidBindings bindings, StoredEntries entries, Clock clock) {
        this.activePolicy = activePolicy;
        this.bindings = bindings;
        this.entries = entries;
        this.clock = clock;
    }

    /** As {@link Entries#set}. */
    Entries.SetOutcome set(ItemKey key, Value value, Account administrator) {
        Entry known = entries.table().get(key);
        Account account = known == null ? bindings.all().get(key.eid()) : null;
        Jid publisher = known == null ? account == null ? null : account.jid() : known.publisher();
        if (publisher == null) {
            return Entries.SetOutcome.NO_SERVER;
        }
        CompiledPolicy compiled = activePolicy.now();
        if (compiled.action(publisher, key.node(), key.id()) == Rule.Action.DROP) {
            return Entries.SetOutcome.DROPPED;
        }
        Publication publication = new Publication(key, value, publisher, Entry.BY_HAND, clock.wallMs());
        StateTable.StoreOutcome outcome = entries.recorder().store(publication, compiled, answered -> {});
        if (outcome != StateTable.StoreOutcome.FULL) {
            overrides.add(new EntryOverride(key, value, administrator, publication.atMs()));
        }
        return switch (outcome) {
            case CHANGED -> Entries.SetOutcome.DONE;
            case REPEATED -> Entries.SetOutcome.SAME;
            case FULL -> Entries.SetOutcome.FULL;
        };
    }

    /** As {@link Entries#overrides}. */
    List<EntryOverride> overrides(NodeType node, String id) {
        return overrides.of(node, id);
    }

    /** As {@link Entries#clear(ItemKey)}. */
    boolean clear(ItemKey key) {
        if (entries.table().get(key) == null) {
            return false;
        }
        entries.recorder().withdraw(key);
        return true;
    }

    /** As {@link Entries#clear(Predicate)}. */
    int clear(Predicate<Entries.Known> which) {
        CompiledPolicy compiled = activePolicy.now();
        int count = 0;
        for (NodeType node : NodeType.values()) {
            count += entries.recorder()
                    .withdraw(node, entry -> !entry.isAwaited() && which.test(EntryFinder.known(entry, compiled)));
        }
        return count;
    }
}
