// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.List;
import java.util.function.Predicate;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.jspecify.annotations.Nullable;

/** The entries, as administrators see and change them. Thread-safe. */
public final class EntryAdministration implements Entries {

    private final EntryFinder finder;
    private final SubscriberFinder subscriberFinder;
    private final EntryEditor editor;
    private final Clock clock;

    public EntryAdministration(EntryFinder finder, SubscriberFinder subscriberFinder, EntryEditor editor, Clock clock) {
        this.finder = finder;
        this.subscriberFinder = subscriberFinder;
        this.editor = editor;
        this.clock = clock;
    }

    @Override
    public long nowMs() {
        return clock.wallMs();
    }

    @Override
    public FoundEntries find(Predicate<Known> which, @Nullable ItemKey after, int most) {
        return finder.find(which, after, most);
    }

    @Override
    public List<EntrySubscriber> subscribers(Entry entry) {
        return subscriberFinder.subscribers(entry);
    }

    @Override
    public List<NonCachableStates.NonCachableState> nonCachable(String device) {
        return finder.nonCachable(device);
    }

    @Override
    public List<Entry> awaited(String device) {
        return finder.awaited(device);
    }

    @Override
    public SetOutcome set(ItemKey key, Value value, Account administrator) {
        return editor.set(key, value, administrator);
    }

    @Override
    public List<EntryOverride> overrides(NodeType node, String id) {
        return editor.overrides(node, id);
    }

    @Override
    public boolean clear(ItemKey key) {
        return editor.clear(key);
    }

    @Override
    public int clear(Predicate<Known> which) {
        return editor.clear(which);
    }
}
