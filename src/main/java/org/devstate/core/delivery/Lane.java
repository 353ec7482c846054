package org.devstate.core.delivery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * Events that may leave: device states before mailboxes, and those of one node in the order of their coming. Of one key there
 * is at most one that is cachable; it is found by its key, the others by themselves. Not thread-safe.
 */
final class Lane {

    private final Map<Object, Event> states = new LinkedHashMap<>();
    private final Map<Object, Event> mailboxes = new LinkedHashMap<>();

    /**
     * Puts {@code event} into the place of an older value of its key, else behind all others.
     *
     * @return whether there was an older one
     */
    boolean put(Event event) {
        return queue(event.key().node()).put(name(event), event) != null;
    }

    /** The value that waits for its turn under the key of {@code event}. */
    boolean hasValueOf(Event event) {
        return queue(event.key().node()).containsKey(event.key());
    }

    /** Takes out the value that waits under the key of {@code event}. */
    @Nullable
    Event removeValueOf(Event event) {
        return queue(event.key().node()).remove(event.key());
    }

    /** Takes out {@code event} itself, which is not cachable. */
    boolean remove(Event event) {
        return queue(event.key().node()).remove(event) != null;
    }

    /** Takes out the next one. */
    @Nullable
    Event poll() {
        Iterator<Event> events =
                (states.isEmpty() ? mailboxes : states).values().iterator();
        if (!events.hasNext()) {
            return null;
        }
        Event next = events.next();
        events.remove();
        return next;
    }

    /** Whether anything of that key waits. Looks at all events where there is no value of it. */
    boolean has(ItemKey key) {
        return queue(key.node()).containsKey(key)
                || all().anyMatch(event -> event.key().equals(key));
    }

    /** All that wait, in no particular order. */
    Stream<Event> all() {
        return Stream.concat(states.values().stream(), mailboxes.values().stream());
    }

    int size() {
        return states.size() + mailboxes.size();
    }

    void forget(NodeType node) {
        queue(node).clear();
    }

    boolean isEmpty() {
        return states.isEmpty() && mailboxes.isEmpty();
    }

    private Map<Object, Event> queue(NodeType node) {
        return node == NodeType.DEVICE_STATE ? states : mailboxes;
    }

    private static Object name(Event event) {
        return event.cachable() ? event.key() : event;
    }
}
