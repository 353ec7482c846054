// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.devstate.core.admin.operations.History;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.state.ChangeRing;

/**
 * Holds requests that wait for changes, {@value History#MOST_HELD} at most. Thread-safe.
 *
 * <p>A publish costs one read of a field while no request is held. While some are, the first change of a burst schedules one task, which
 * looks {@value #BURST_MS} ms later at all changes until then. One more task, for all requests together, ends those whose time is over.
 * Both run on a thread of the host's scheduler, and so do the answers.
 */
public final class RequestHolder {

    /** How long the changes of a burst are gathered, in milliseconds. */
    static final long BURST_MS = 20;

    private static final long NEVER = Long.MAX_VALUE;

    /** One request. No lock is held while it is answered: {@link #busy} keeps other threads away. */
    private static final class Held {
        private final History.HeldRequest request;
        private final long endsAtNanos;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile boolean mustEnd;

        private Held(History.HeldRequest request, long endsAtNanos) {
            this.request = request;
            this.endsAtNanos = endsAtNanos;
        }
    }

    private final ChangeRing changeRing;
    private final Clock clock;
    private final Scheduler scheduler;
    private final AtomicBoolean wakes = new AtomicBoolean();
    private final List<Held> all = new ArrayList<>();

    /** When {@link #endOverdue} runs next. */
    private long endsAtNanos = NEVER;

    private boolean closed;

    public RequestHolder(ChangeRing changeRing, Clock clock, Scheduler scheduler) {
        this.changeRing = changeRing;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** See {@link History#hold}. After {@link #close} a request is answered at once. */
    public boolean hold(History.HeldRequest request, long waitMs) {
        Held held = new Held(request, clock.monotonicNanos() + MILLISECONDS.toNanos(waitMs));
        if (!add(held)) {
            return false;
        }
        // Last: a change that came before the ring knew of the request has caused no look.
        if (held.mustEnd) {
            look(held);
        } else if (changeRing.next() > request.next()) {
            wake();
        }
        return true;
    }

    private synchronized boolean add(Held held) {
        if (closed) {
            held.mustEnd = true;
            return true;
        }
        if (all.size() == History.MOST_HELD) {
            return false;
        }
        all.add(held);
        changeRing.setWaiter(this::wake);
        endAt(held.endsAtNanos);
        return true;
    }

    private void endAt(long nanos) {
        if (endsAtNanos == NEVER || nanos - endsAtNanos < 0) {
            endsAtNanos = nanos;
            long delayNanos = Math.max(0, nanos - clock.monotonicNanos());
            scheduler.schedule(() -> endOverdue(nanos), MILLISECONDS.convert(delayNanos + 999_999, NANOSECONDS));
        }
    }

    /** A change was added, perhaps with the lock of an entry held. */
    private void wake() {
        if (!wakes.get() && wakes.compareAndSet(false, true)) {
            scheduler.schedule(this::lookAtAll, BURST_MS);
        }
    }

    private void lookAtAll() {
        wakes.set(false); // first: a change from now on schedules the next look
        boolean isBehind = false;
        for (Held held : held()) {
            isBehind |=
                    changeRing.next() > held.request.next() && !look(held) && changeRing.next() > held.request.next();
        }
        if (isBehind) {
            wake(); // a change was numbered, and not written yet
        }
    }

    private void endOverdue(long dueNanos) {
        overdue(dueNanos).forEach(this::end);
    }

    private synchronized List<Held> overdue(long dueNanos) {
        long nowNanos = clock.monotonicNanos();
        List<Held> over =
                all.stream().filter(held -> held.endsAtNanos - nowNanos <= 0).toList();
        if (dueNanos == endsAtNanos) { // else another task was scheduled, for an earlier time
            endsAtNanos = NEVER;
            all.stream()
                    .filter(held -> held.endsAtNanos - nowNanos > 0)
                    .mapToLong(held -> held.endsAtNanos)
                    .min()
                    .ifPresent(this::endAt);
        }
        return over;
    }

    private void end(Held held) {
        held.mustEnd = true;
        look(held);
    }

    private synchronized List<Held> held() {
        return List.copyOf(all);
    }

    /** Returns whether it is answered, or another thread looks for it. */
    private boolean look(Held held) {
        do {
            if (!held.busy.compareAndSet(false, true)) {
                return true; // that thread sees mustEnd
            }
            boolean isOver = held.mustEnd;
            boolean isWaiting = false;
            try {
                isWaiting = !held.request.look(isOver);
            } finally {
                if (!isWaiting) {
                    remove(held); // and it stays busy
                }
            }
            if (!isWaiting) {
                return true;
            }
            held.busy.set(false);
        } while (held.mustEnd);
        return false;
    }

    private synchronized void remove(Held held) {
        all.remove(held);
        if (all.isEmpty()) {
            changeRing.setWaiter(null);
        }
    }

    /** How many requests are held. */
    public synchronized int size() {
        return all.size();
    }

    /** Answers all requests, and holds none from now on: the service stops. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        held().forEach(this::end);
    }
}
