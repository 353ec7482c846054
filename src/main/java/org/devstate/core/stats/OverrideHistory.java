// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Account;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;

/** Which administrators have set entries by hand, of the latest keys. Holds {@value #MOST} records; thread-safe. */
public final class OverrideHistory {

    /** How many keys are remembered; one more, and the one that was set least recently is forgotten. */
    public static final int MOST = 1_000;

    /**
     * An entry was set by hand.
     *
     * @param value its value since
     * @param administrator the account that set it
     * @param atMs its time, in milliseconds of the {@link org.devstate.core.spi.Clock}
     */
    public record EntryOverride(ItemKey key, Value value, Account administrator, long atMs) {}

    private final Map<ItemKey, EntryOverride> latest = new LinkedHashMap<>();

    /** Adds one; it replaces that of the same key. */
    public synchronized void add(EntryOverride override) {
        latest.remove(override.key());
        if (latest.size() == MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
        latest.put(override.key(), override);
    }

    /** Those of one device or mailbox. */
    public synchronized List<EntryOverride> of(NodeType node, String id) {
        return latest.values().stream()
                .filter(override ->
                        override.key().node() == node && override.key().id().equals(id))
                .toList();
    }
}
