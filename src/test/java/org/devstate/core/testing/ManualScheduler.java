package org.devstate.core.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/** Runs tasks when its time is advanced, on the thread that advances it; those due at one time in the order of their coming. */
public final class ManualScheduler implements Scheduler {

    private record Task(Runnable work, long dueMs, long number) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueMs).thenComparingLong(Task::number));
    private long nowMs;
    private long count;

    @Override
    public synchronized void schedule(Runnable task, long delayMs) {
        tasks.add(new Task(task, nowMs + delayMs, count++));
    }

    /** Lets {@code ms} milliseconds go by, tasks that are scheduled meanwhile included. */
    public void advance(long ms) {
        long untilMs = now() + ms;
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

    private synchronized long now() {
        return nowMs;
    }

    /** The next task due, its time having come; {@code null} with all the time gone by. */
    private synchronized @Nullable Runnable next(long untilMs) {
        Task first = tasks.peek();
        if (first == null || first.dueMs() > untilMs) {
            nowMs = Math.max(nowMs, untilMs);
            return null;
        }
        nowMs = Math.max(nowMs, first.dueMs());
        tasks.remove();
        return first.work();
    }
}
