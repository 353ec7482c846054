// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.List;

/** Runs work later. Implementations are thread-safe; the core holds no lock while a task runs. */
@FunctionalInterface
public interface Scheduler {

    /**
     * Runs {@code task} once, after {@code delayMs} milliseconds, on a thread of the scheduler's. A task that throws does not
     * keep later ones from running.
     */
    void schedule(Runnable task, long delayMs);

    /** Runs {@code tasks}, which need no order and do not throw, and returns when all are done. A host may use several threads. */
    default void runEach(List<? extends Runnable> tasks) {
        tasks.forEach(Runnable::run);
    }
}
