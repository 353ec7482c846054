// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.jspecify.annotations.Nullable;

/**
 * The latest events, for any number of readers at their own pace: a reader has a place, and asks for what follows. A reader that has
 * fallen behind by more than the capacity has lost events. Thread-safe.
 */
public final class EventLog {

    /** Gets word of additions. Must return at once. */
    public interface AdditionListener {

        /** Something was added. */
        void added();
    }

    /**
     * What follows a place.
     *
     * @param events in their order
     * @param place after them
     * @param isLost whether events before these are forgotten
     */
    public record Section(List<FeedEvent> events, long place, boolean isLost) {

        public Section {
            events = List.copyOf(events);
        }
    }

    private AdditionListener listener = () -> {};
    private final @Nullable FeedEvent[] ring;
    private long end;
    private String renewedAt = "";

    /** @param capacity how many events it holds, at least 1 */
    public EventLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        ring = new FeedEvent[capacity];
    }

    /** Has {@code other} called after each addition, in the thread that adds. */
    public synchronized void setListener(AdditionListener other) {
        listener = other;
    }

    /** Adds events. */
    public void append(List<? extends FeedEvent> more) {
        if (!more.isEmpty()) {
            add(more).added();
        }
    }

    private synchronized AdditionListener add(List<? extends FeedEvent> more) {
        for (FeedEvent event : more) {
            ring[index(end)] = event;
            end++;
            if (event instanceof MirrorRenewed renewed) {
                renewedAt = renewed.next();
            }
        }
        return listener;
    }

    /** The place after the latest event. */
    public synchronized long end() {
        return end;
    }

    private int index(long place) {
        return (int) (place % ring.length);
    }

    private long first() {
        return Math.max(0, end - ring.length);
    }

    private FeedEvent at(long place) {
        return Objects.requireNonNull(ring[index(place)], "an event that is in the ring");
    }

    /** At most {@code most} events after {@code place}. */
    public synchronized Section after(long place, int most) {
        long from = Math.max(place, first());
        List<FeedEvent> found = new ArrayList<>();
        for (long each = from; each < end && found.size() < most; each++) {
            found.add(at(each));
        }
        return new Section(found, from + found.size(), place < first());
    }

    /**
     * Finds the place from which a client misses nothing.
     *
     * @param next the {@code next} of the last event that it got, or of the state that it read
     * @param current the {@code next} of the copy
     * @return {@code null} if the client must begin anew: because of another run of the service, or because changes are forgotten
     */
    public synchronized @Nullable Long placeOf(String next, String current) {
        long number = number(next);
        if (number < 0 || !run(next).equals(run(current)) || number > number(current)) {
            return null;
        }
        if (run(renewedAt).equals(run(next)) && number < number(renewedAt)) {
            return null;
        }
        long place = end;
        long oldest = number(current);
        while (place > first()) {
            FeedEvent event = at(place - 1);
            if (event instanceof MirrorRenewed) {
                return place;
            }
            if (event instanceof EntryChanged changed) {
                oldest = changed.change().number();
                if (oldest < number) {
                    return place;
                }
            }
            place--;
        }
        return oldest == number || place == 0 ? Long.valueOf(place) : null;
    }

    private static String run(String next) {
        int dash = next.indexOf('-');
        return dash < 0 ? "" : next.substring(0, dash);
    }

    private static long number(String next) {
        return next.matches("\\d{1,18}-\\d{1,18}") ? Long.parseLong(next.substring(next.indexOf('-') + 1)) : -1;
    }
}
