// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Persister;
import org.devstate.core.store.WriteBehind;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** What is persisted, written behind: after a crash, it is as it was at some moment of the last {@value #INTERVAL_MS} ms. */
final class Storage {

    private static final long INTERVAL_MS = 1_000;

    /** What was to be persisted from some time on. */
    private record Moment(long fromMs, Persisted persisted) {}

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore();

    /** The oldest first, and those only in which a crash can leave the store. */
    private final Deque<Moment> moments = new ArrayDeque<>();

    private ManualScheduler writer = new ManualScheduler(clock);
    private WriteBehind behind = new WriteBehind(store, writer, INTERVAL_MS);

    Storage() {
        moments.add(new Moment(0, Persisted.in(Contents.NONE)));
    }

    ManualClock clock() {
        return clock;
    }

    Persister persister() {
        return behind::note;
    }

    Contents load() {
        return store.load();
    }

    /** This is to be persisted from now on. */
    void note(Persisted persisted) {
        if (!moments.getLast().persisted().equals(persisted)) {
            moments.add(new Moment(clock.elapsedMs(), persisted));
        }
        while (moments.size() > 1 && second().fromMs() < clock.elapsedMs() - INTERVAL_MS) {
            moments.removeFirst();
        }
    }

    private Moment second() {
        Moment first = moments.removeFirst();
        Moment second = Objects.requireNonNull(moments.peekFirst());
        moments.addFirst(first);
        return second;
    }

    /** Writes what has waited long enough. */
    void write() {
        writer.advance(0);
    }

    /**
     * The service ends.
     *
     * @param clean whether all that waits is written
     * @return what is persisted
     */
    Persisted stop(boolean clean) {
        if (clean) {
            assertThat(behind.flush()).isTrue();
        }
        Persisted left = Persisted.in(store.load());
        if (clean) {
            assertThat(left).isEqualTo(moments.getLast().persisted());
        } else {
            assertThat(moments.stream().map(Moment::persisted)).contains(left);
        }
        moments.clear();
        moments.add(new Moment(clock.elapsedMs(), left));
        writer = new ManualScheduler(clock);
        behind = new WriteBehind(store, writer, INTERVAL_MS);
        return left;
    }
}
