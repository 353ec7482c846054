// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, in one thread. */
final class Timeline {

    private record Moment(long dueMs, long number, Runnable action) {}

    private final PriorityQueue<Moment> moments =
            new PriorityQueue<>(Comparator.comparingLong(Moment::dueMs).thenComparingLong(Moment::number));
    private long nowMs;
    private long count;

    long nowMs() {
        return nowMs;
    }

    void at(long delayMs, Runnable action) {
        moments.add(new Moment(nowMs + Math.max(0, delayMs), count++, action));
    }

    void run(long untilMs) {
        while (!moments.isEmpty() && moments.peek().dueMs <= untilMs) {
            Moment next = moments.remove();
            nowMs = next.dueMs;
            next.action.run();
        }
        nowMs = untilMs;
    }
}
