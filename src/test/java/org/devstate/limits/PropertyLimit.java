// SPDX-License-Identifier: Apache-2.0
package org.devstate.limits;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The limit of time of every jqwik property: jqwik is an engine of its own, which JUnit Jupiter's timeouts do not reach. jqwik finds
 * this hook by {@code META-INF/services}. A property over its limit is interrupted and fails.
 */
public final class PropertyLimit implements AroundPropertyHook {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** As in junit-platform.properties. A run with more tries has more time. */
    private static final int USUAL_TRIES = 500;

    private static final Set<Thread> LIMITED = ConcurrentHashMap.newKeySet();

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "property-limit");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Duration limit =
                LIMIT.multipliedBy(Math.max(1, Integer.getInteger("jqwik.tries.default", USUAL_TRIES) / USUAL_TRIES));
        return within(
                limit,
                property::execute,
                result -> result.mapToFailed(context.label() + " took longer than " + limit.toMinutes() + " minutes"));
    }

    /** Runs {@code work} in the calling thread, interrupts it after {@code limit}, and applies {@code late} to its result then. */
    static <T> T within(Duration limit, Supplier<T> work, UnaryOperator<T> late) {
        Thread worker = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        ScheduledFuture<?> alarm = CLOCK.schedule(
                () -> {
                    over.set(true);
                    worker.interrupt();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        LIMITED.add(worker);
        try {
            T result = work.get();
            return over.get() ? late.apply(result) : result;
        } finally {
            LIMITED.remove(worker);
            alarm.cancel(false);
            if (over.get()) {
                Thread.interrupted(); // for the next property, which runs in the same thread
            }
        }
    }

    /** Whether the calling thread is under a limit. */
    static boolean isInForce() {
        return LIMITED.contains(Thread.currentThread());
    }
}
