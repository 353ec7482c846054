package org.devstate.core.delivery;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.devstate.core.delivery.Windows.Window;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * What one receiver is still to be told, and in which order. Not thread-safe.
 *
 * <p>Of each key at most one value is pending, the last that came. It is in one place only: held by the key's window if that is
 * open, else among the changes or in the snapshot. Events that are not cachable take nobody's place and wait for no window, but
 * stay behind what came before them on their key. So the order of a key is kept, and the whole is bounded by the keys plus
 * {@value #MOST_PASSING}. Of a snapshot that has begun only what was read of it is pending.
 */
final class Backlog {

    /** How many events that are not cachable may be pending; one more, and the oldest is dropped. */
    static final int MOST_PASSING = 1_000;

    private final Lane changes = new Lane();
    private final Lane snapshot = new Lane();

    /** The snapshots that are not read to their end; each call reads another part, and tells whether there was one. */
    private final Map<NodeType, BooleanSupplier> unread = new EnumMap<>(NodeType.class);

    private final Passing passing = new Passing();
    private final Windows windows;
    private final Predicate<Event> wanted;
    private final Losses losses;

    /**
     * @param windowNanos 0 for no windows
     * @param wanted whether an event may still leave when its turn has come
     * @param losses counts what does not leave
     */
    Backlog(long windowNanos, Predicate<Event> wanted, Losses losses) {
        this.windows = new Windows(windowNanos);
        this.wanted = wanted;
        this.losses = losses;
    }

    /** Makes windows that long from now on, and lets no window that is open stay so for longer. */
    void setWindow(long windowNanos, long nowNanos) {
        windows.setLength(windowNanos, nowNanos);
    }

    /** Adds a change, in the place of an older value of its key. */
    void offer(Event event) {
        if (!event.cachable()) {
            offerPassing(event);
        } else {
            losses.conflated.add(put(event));
        }
    }

    /** Puts a value in its place; tells how many, older ones or this, are not going to be sent. */
    private int put(Event event) {
        Window window = windows.of(event.key());
        if (window != null) {
            return windows.hold(window, event, changes::put);
        }
        boolean replaced = snapshot.removeValueOf(event) != null;
        if (passing.has(event.key())) {
            // The older value's place is before those, the newer one's behind them.
            replaced |= changes.removeValueOf(event) != null;
        }
        return changes.put(event) || replaced ? 1 : 0;
    }

    /** Adds a value as part of a snapshot. It is the newest of its key, or the caller would have offered the newer one. */
    void offerSnapshot(Event event) {
        if (changes.hasValueOf(event) || windows.of(event.key()) != null) {
            offer(event);
        } else {
            snapshot.put(event);
        }
    }

    /** The receiver itself has said what is newer than all that is pending of that key. Events that are not cachable stay. */
    void overtake(Event event) {
        changes.removeValueOf(event);
        snapshot.removeValueOf(event);
        Window window = windows.of(event.key());
        if (window != null) {
            windows.overtake(window, changes::put);
        }
    }

    /** What was told of {@code node} may be told again. */
    void repeat(NodeType node) {
        windows.repeat(node);
    }

    /** Begins a snapshot of {@code node}, in the place of one that has begun before. */
    void beginSnapshot(NodeType node, BooleanSupplier nextPart) {
        unread.put(node, nextPart);
    }

    /** The snapshot to read on in, where nothing is left of what was read. */
    @Nullable
    BooleanSupplier unread() {
        return snapshot.isEmpty() && !unread.isEmpty()
                ? unread.values().iterator().next()
                : null;
    }

    /** A snapshot is read to its end. */
    void endSnapshot(BooleanSupplier nextPart) {
        unread.values().remove(nextPart);
    }

    private void offerPassing(Event event) {
        passing.add(event);
        Window window = windows.of(event.key());
        if (window != null && window.holds()) {
            window.putBehind(event);
        } else {
            if (window != null) {
                window.repeat();
            }
            Event before = snapshot.removeValueOf(event);
            if (before != null) {
                changes.put(before);
            }
            changes.put(event);
        }
        if (passing.size() > MOST_PASSING) {
            dropOldestPassing();
            losses.dropped.increment();
        }
    }

    private void dropOldestPassing() {
        Event oldest = passing.removeOldest();
        if (!changes.remove(oldest)) {
            Window window = windows.of(oldest.key());
            if (window != null) {
                window.remove(oldest);
            }
        }
    }

    /** Closes the windows whose time is up, so that what they hold can be polled. */
    void closeWindows(long nowNanos) {
        windows.close(nowNanos, changes::put);
    }

    /** Takes the next change that may leave now. */
    @Nullable
    Event pollChange(long nowNanos) {
        return next(changes, nowNanos);
    }

    /** Takes the next entry of the snapshot. */
    @Nullable
    Event pollSnapshot(long nowNanos) {
        return next(snapshot, nowNanos);
    }

    /** What the receiver may no longer hear of is left out as if it had never been offered: no window opens for it. */
    private @Nullable Event next(Lane lane, long nowNanos) {
        for (Event event = lane.poll(); event != null; event = lane.poll()) {
            if (!event.cachable()) {
                passing.remove(event);
            }
            if (wanted.test(event)) {
                if (event.cachable()) {
                    windows.open(event, !passing.has(event.key()), nowNanos);
                }
                return event;
            }
        }
        return null;
    }

    /** Forgets all about {@code node}, its windows included: who subscribes again begins anew. */
    void forget(NodeType node) {
        changes.forget(node);
        snapshot.forget(node);
        unread.remove(node);
        passing.forget(node);
        windows.forget(node);
    }

    /** How many events are pending. */
    int size() {
        return changes.size() + snapshot.size() + windows.size();
    }

    /** Whether anything of that key is still to be told, now or when a snapshot is read on. Looks at all that is pending. */
    boolean awaits(ItemKey key) {
        return unread.containsKey(key.node())
                || changes.has(key)
                || snapshot.has(key)
                || windows.all().anyMatch(event -> event.key().equals(key));
    }

    /** When the oldest change happened that is pending; {@link Long#MAX_VALUE} where none is. Looks at all of them. */
    long oldestChangeMs() {
        return Stream.concat(changes.all(), windows.all())
                .mapToLong(Event::changedAtMs)
                .filter(ms -> ms > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    boolean hasSnapshot() {
        return !snapshot.isEmpty() || !unread.isEmpty();
    }

    /** Whether nothing is to be sent, now or later. */
    boolean isEmpty() {
        return changes.isEmpty() && !hasSnapshot() && windows.holdsNothing();
    }

    /** When {@link #closeWindows} is to be called next; {@link Pacer#NEVER} where no window is open. */
    long windowsDueNanos() {
        return windows.dueNanos();
    }
}
