package org.devstate.core.delivery;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were sent of late, each with what is held back until its window closes: nothing, where at last it is what was
 * sent. All windows being of one length, they close in the order in which they opened. Not thread-safe.
 */
final class Windows {

    /** One key's window. */
    static final class Window {
        private long endNanos;

        /** What was told last; unknown where that is to be told again all the same, or where something else was told since. */
        private @Nullable Event told;

        /** The last value that came while the window was open. */
        private @Nullable Event held;

        /** What must not be kept and came after that value. */
        private @Nullable Queue<Event> behind;

        private Window(long endNanos, @Nullable Event told) {
            this.endNanos = endNanos;
            this.told = told;
        }

        boolean holds() {
            return held != null;
        }

        /** Lets what was told last be told again. */
        void repeat() {
            told = null;
        }

        /** Lets an event that is not cachable stand behind the value that is held. */
        void putBehind(Event event) {
            if (behind == null) {
                behind = new ArrayDeque<>();
            }
            behind.add(event);
        }

        /** Takes out an event that stands behind the value. */
        void remove(Event event) {
            if (behind != null) {
                behind.remove(event);
            }
        }

        private void free(Consumer<Event> freed) {
            if (behind != null) {
                behind.forEach(freed);
                behind = null;
                told = null;
            }
        }
    }

    private long lengthNanos;
    private final Map<ItemKey, Window> open = new LinkedHashMap<>();
    private int holding;
    private long lastEndNanos;

    /** @param lengthNanos 0 for no windows at all */
    Windows(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** Makes windows that long from now on. Those that are open close when one would that opened now, or before. */
    void setLength(long nanos, long nowNanos) {
        lengthNanos = nanos;
        lastEndNanos = Math.min(lastEndNanos, nowNanos + nanos);
        open.values().forEach(window -> window.endNanos = Math.min(window.endNanos, nowNanos + nanos));
    }

    /**
     * A value leaves: the next one of its key waits.
     *
     * @param last whether nothing else of the key is to leave before that
     */
    void open(Event value, boolean last, long nowNanos) {
        if (lengthNanos > 0) {
            lastEndNanos = nowNanos + lengthNanos;
            open.put(value.key(), new Window(lastEndNanos, last ? value : null));
        }
    }

    /** The window of {@code key}, as long as nobody has closed it. */
    @Nullable
    Window of(ItemKey key) {
        return open.get(key);
    }

    /**
     * Holds {@code value} back in the place of an older one; where it is what was told last, neither is to be sent.
     *
     * @param freed is given what stood behind the older one, which nothing stands before now
     * @return how many are not going to be sent
     */
    int hold(Window window, Event value, Consumer<Event> freed) {
        int dropped = window.holds() ? 1 : 0;
        drop(window, freed);
        if (window.told != null && window.told.saysTheSameAs(value)) {
            return dropped + 1;
        }
        window.held = value;
        holding++;
        return dropped;
    }

    /** Drops what is held, as the receiver knows better. */
    void overtake(Window window, Consumer<Event> freed) {
        drop(window, freed);
        window.repeat();
    }

    private void drop(Window window, Consumer<Event> freed) {
        if (window.holds()) {
            holding--;
            window.held = null;
            window.free(freed);
        }
    }

    /** Lets what was told last of {@code node} be told again. */
    void repeat(NodeType node) {
        open.forEach((key, window) -> {
            if (key.node() == node) {
                window.repeat();
            }
        });
    }

    /** Closes the windows whose time is up, and gives {@code freed} what they held, in order. */
    void close(long nowNanos, Consumer<Event> freed) {
        Iterator<Window> windows = open.values().iterator();
        while (windows.hasNext()) {
            Window window = windows.next();
            if (window.endNanos > nowNanos) {
                return;
            }
            windows.remove();
            if (window.held != null) {
                holding--;
                freed.accept(window.held);
                window.free(freed);
            }
        }
    }

    void forget(NodeType node) {
        open.keySet().removeIf(key -> key.node() == node);
        holding = (int) open.values().stream().filter(Window::holds).count();
    }

    /** How many events wait for a window to close. Looks at each open window. */
    int size() {
        int size = holding;
        for (Window window : open.values()) {
            size += window.behind == null ? 0 : window.behind.size();
        }
        return size;
    }

    /** All that wait for a window to close. Looks at each open window. */
    Stream<Event> all() {
        return open.values().stream()
                .flatMap(window -> Stream.concat(
                        Stream.ofNullable(window.held), window.behind == null ? Stream.of() : window.behind.stream()));
    }

    boolean holdsNothing() {
        return holding == 0;
    }

    /**
     * When {@link #close} is to be called next: as soon as one may have something to let go, else once, when all are closed, to
     * forget them; {@link Pacer#NEVER} where none is open.
     */
    long dueNanos() {
        if (open.isEmpty()) {
            return Pacer.NEVER;
        }
        return holding == 0 ? lastEndNanos : open.values().iterator().next().endNanos;
    }
}
