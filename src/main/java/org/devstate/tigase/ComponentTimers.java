// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import java.util.List;
import org.devstate.core.spi.Scheduler;

/**
 * The component's timers while it runs. If a component has stopped, Tigase stores its scheduled tasks until it starts again. Here such
 * a task is dropped, and a task that was scheduled before a stop does nothing after it. Thread-safe.
 */
final class ComponentTimers implements Scheduler {

    /** Tasks that are not worth waking other threads. */
    private static final int FEW = 4;

    private final Scheduler tigase;

    /** Which of its lives the component is in; 0 before the first, and a negative number between two of them. */
    private volatile int life;

    /** @param tigase runs a task after so many milliseconds, in one of the component's threads */
    ComponentTimers(Scheduler tigase) {
        this.tigase = tigase;
    }

    /** The component has started. */
    synchronized void begin() {
        life = Math.abs(life) + 1;
    }

    /** The component stops. */
    synchronized void end() {
        life = -Math.abs(life);
    }

    @Override
    public void schedule(Runnable task, long delayMs) {
        int now = life;
        if (now > 0) {
            tigase.schedule(() -> runIn(now, task), delayMs);
        }
    }

    /** On as many threads as there are processors. */
    @Override
    public void runEach(List<? extends Runnable> tasks) {
        if (tasks.size() < FEW) {
            tasks.forEach(Runnable::run);
        } else {
            tasks.parallelStream().forEach(Runnable::run);
        }
    }

    private void runIn(int scheduledIn, Runnable task) {
        if (life == scheduledIn) {
            task.run();
        }
    }
}
