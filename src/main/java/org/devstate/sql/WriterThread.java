// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.devstate.core.spi.Scheduler;

/** A thread that only writes to a store, which may take long. It does not prolong the life of the process. Thread-safe. */
public final class WriterThread implements Scheduler {

    /** How long the end may take if a store does not answer, in milliseconds. */
    public static final long PATIENCE_MS = 5_000;

    private final ScheduledExecutorService executor = executor();

    /** A later task, such as the next renewal of a lease, does not prolong the life of the thread after its end. */
    private static ScheduledExecutorService executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "devstate-store");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    @Override
    public void schedule(Runnable task, long delayMs) {
        try {
            var unused = executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It has ended: this task comes too late.
        }
    }

    /**
     * Runs {@code last}, and accepts no more tasks. It interrupts no thread, because a database in this process would close its file
     * for that.
     *
     * @param last returns whether all is done
     * @param patienceMs how long to wait for it, in milliseconds
     * @return the result of {@code last}; {@code false} if it took too long or failed
     */
    public boolean finish(Callable<Boolean> last, long patienceMs) {
        try {
            Future<Boolean> done = executor.submit(last);
            executor.shutdown();
            return done.get(patienceMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
