// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import java.util.List;
import org.devstate.core.spi.Scheduler;

/** What a service has scheduled; nothing of it runs after its end. Thread-safe. */
final class ServiceTasks implements Scheduler {

    private final Scheduler scheduler;
    private volatile boolean ended;

    ServiceTasks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void end() {
        ended = true;
    }

    @Override
    public void schedule(Runnable task, long delayMs) {
        if (!ended) {
            scheduler.schedule(
                    () -> {
                        if (!ended) {
                            task.run();
                        }
                    },
                    delayMs);
        }
    }

    @Override
    public void runEach(List<? extends Runnable> tasks) {
        if (!ended) {
            scheduler.runEach(tasks);
        }
    }
}
