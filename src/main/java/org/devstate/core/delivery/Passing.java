package org.devstate.core.delivery;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;

/** Which pending events must not be kept (are not cachable), the oldest first. Not thread-safe. */
final class Passing {

    private final Set<Event> events = new LinkedHashSet<>();
    private final Map<ItemKey, Integer> counts = new HashMap<>();

    void add(Event event) {
        if (events.add(event)) {
            counts.merge(event.key(), 1, Integer::sum);
        }
    }

    void remove(Event event) {
        if (events.remove(event)) {
            counts.computeIfPresent(event.key(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Whether one of them is about {@code key}. */
    boolean has(ItemKey key) {
        return counts.containsKey(key);
    }

    /** Takes out the oldest. There is one. */
    Event removeOldest() {
        Iterator<Event> oldest = events.iterator();
        Event event = oldest.next();
        remove(event);
        return event;
    }

    int size() {
        return events.size();
    }

    void forget(NodeType node) {
        events.removeIf(event -> event.key().node() == node);
        counts.keySet().removeIf(key -> key.node() == node);
    }
}
