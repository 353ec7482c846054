// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks when its time, which is that of its clock, is advanced here, on the thread that does so; those due at one time in
 * the order of their coming.
 */
public final class ManualScheduler implements Scheduler {

    private record Task(Runnable work, long dueMs, long number) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueMs).thenComparingLong(Task::number));
    private final ManualClock clock;
    private long count;

    /** @param clock goes with the scheduler: advancing this one advances both */
    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void schedule(Runnable task, long delayMs) {
        tasks.add(new Task(task, clock.elapsedMs() + delayMs, count++));
    }

    /** Lets {@code ms} milliseconds go by, tasks that are scheduled meanwhile included. */
    public void advance(long ms) {
        long untilMs = clock.elapsedMs() + ms;
        for (Runnable work = next(untilMs); work != null; work = next(untilMs)) {
            work.run();
        }
    }

    /** Lets time go by until nothing is left to do. */
    public void runAll() {
        while (pending() > 0) {
            advance(1);
        }
    }

    /** How many tasks wait for their time. */
    public synchronized int pending() {
        return tasks.size();
    }

    /** The next task due, its time having come; {@code null} with all the time gone by. */
    private synchronized @Nullable Runnable next(long untilMs) {
        Task first = tasks.peek();
        if (first == null || first.dueMs() > untilMs) {
            clock.advanceTo(untilMs);
            return null;
        }
        clock.advanceTo(first.dueMs());
        tasks.remove();
        return first.work();
    }
}
