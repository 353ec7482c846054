// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;

/**
 * Calls outboxes when their time has come: one for all of them, so that an outbox without pending notifications costs nothing, and all
 * others share one task of the scheduler. A second task is scheduled only if a turn is due before the first. Thread-safe; turns are run
 * with no lock held.
 */
final class Pacer {

    /** A time that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    /** Due times are rounded up to this, so that those that lie close together share a task. */
    private static final long GRAIN_NANOS = MILLISECONDS.toNanos(1);

    /** One outbox's place with the pacer. */
    static final class Turn implements Runnable {
        private final Runnable work;
        private final long number;

        /** Written under the pacer's lock; {@link #NEVER} while it does not wait. */
        private volatile long dueNanos = NEVER;

        private Turn(Runnable work, long number) {
            this.work = work;
            this.number = number;
        }

        /** The exception of one outbox does not affect the others. Its unsent notifications leave with its next flush. */
        @Override
        @SuppressWarnings("EmptyCatch")
        public void run() {
            try {
                work.run();
            } catch (RuntimeException e) {
                // counted by the outbox
            }
        }

        private long number() {
            return number;
        }

        private long dueNanos() {
            return dueNanos;
        }
    }

    private final Clock clock;
    private final Scheduler scheduler;
    private final AtomicLong numbers = new AtomicLong();

    private final TreeSet<Turn> waiting =
            new TreeSet<>(Comparator.comparingLong(Turn::dueNanos).thenComparingLong(Turn::number));

    /** The times for which a task is scheduled, the earliest first: none is added but before all others. */
    private final Deque<Long> wakeups = new ArrayDeque<>();

    Pacer(Clock clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** A turn that runs {@code work}, each time it was asked for. */
    Turn turn(Runnable work) {
        return new Turn(work, numbers.getAndIncrement());
    }

    /**
     * Runs the turn at {@code dueNanos} of the clock, once, or earlier if it was asked for earlier. Called with no lock held.
     *
     * @param dueNanos in the past for as soon as possible; {@link #NEVER} asks for nothing
     */
    void wake(Turn turn, long dueNanos) {
        // Without the lock: a turn that is seen waiting here has not begun, and will see the caller's changes.
        if (turn.dueNanos <= dueNanos) {
            return;
        }
        long roundedNanos = (dueNanos + GRAIN_NANOS - 1) / GRAIN_NANOS * GRAIN_NANOS;
        long wakeupNanos;
        synchronized (this) {
            if (turn.dueNanos <= roundedNanos) {
                return;
            }
            waiting.remove(turn); // before its time changes, by which it is found
            turn.dueNanos = roundedNanos;
            waiting.add(turn);
            wakeupNanos = nextWakeup();
        }
        schedule(wakeupNanos);
    }

    private void tick(long wakeupNanos) {
        scheduler.runEach(begin(wakeupNanos));
        long next;
        synchronized (this) {
            next = nextWakeup();
        }
        schedule(next);
    }

    /** Takes out all turns that are due; they may ask for another turn from now on. */
    private synchronized List<Turn> begin(long wakeupNanos) {
        wakeups.remove(wakeupNanos);
        long nowNanos = clock.monotonicNanos();
        List<Turn> due = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().dueNanos <= nowNanos) {
            Turn turn = waiting.first();
            waiting.remove(turn);
            turn.dueNanos = NEVER;
            due.add(turn);
        }
        return due;
    }

    /** The time for which a task is needed that is not scheduled yet, noted as if it were; else {@link #NEVER}. */
    private long nextWakeup() {
        if (waiting.isEmpty()) {
            return NEVER;
        }
        long dueNanos = waiting.first().dueNanos;
        Long earliest = wakeups.peekFirst();
        if (earliest != null && earliest <= dueNanos) {
            return NEVER;
        }
        wakeups.addFirst(dueNanos);
        return dueNanos;
    }

    private void schedule(long wakeupNanos) {
        if (wakeupNanos == NEVER) {
            return;
        }
        long delayNanos = Math.max(0, wakeupNanos - clock.monotonicNanos());
        try {
            scheduler.schedule(() -> tick(wakeupNanos), (delayNanos + GRAIN_NANOS - 1) / GRAIN_NANOS);
        } catch (RuntimeException e) {
            synchronized (this) {
                wakeups.remove(wakeupNanos); // it won't come; let the next one try again
            }
            throw e;
        }
    }
}
