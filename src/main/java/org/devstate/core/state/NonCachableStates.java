// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Value;

/**
 * The devices whose last state was non-cachable: it was delivered and not stored, so nothing else records it. Of the {@value #MOST}
 * that were published last. Thread-safe.
 */
public final class NonCachableStates {

    /** How many devices are remembered. */
    public static final int MOST = 1_000;

    /**
     * A state that was delivered and not stored.
     *
     * @param publisher the session that published it
     * @param atMs when, in milliseconds of the {@link org.devstate.core.spi.Clock}
     */
    public record NonCachableState(ItemKey key, Value value, Jid publisher, long atMs) {}

    private final Map<ItemKey, NonCachableState> states = new LinkedHashMap<>();

    /** A state that is not cachable was published. */
    public synchronized void add(ItemKey key, Value value, Jid publisher, long atMs) {
        states.remove(key);
        states.put(key, new NonCachableState(key, value, publisher, atMs));
        if (states.size() > MOST) {
            states.remove(states.keySet().iterator().next());
        }
    }

    /** The last state that each EID published of that name. */
    public synchronized List<NonCachableState> of(String id) {
        return states.values().stream()
                .filter(state -> state.key().id().equals(id))
                .toList();
    }
}
