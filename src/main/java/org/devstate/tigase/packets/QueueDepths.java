// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.packets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.HostQueue;
import org.devstate.tigase.startup.TigaseInspection;
import org.jspecify.annotations.Nullable;
import tigase.server.XMPPServer;
import tigase.util.workqueue.PriorityQueueAbstract;

/**
 * How many packets wait in the queues on the way of our messages to a client: those of the router and of the connections' manager. All
 * packets count, of any sender. Looked up every few milliseconds at most. Thread-safe.
 */
public final class QueueDepths implements HostQueue {

    /** Nanoseconds for which a count is good enough. */
    static final long FRESH_NANOS = 5_000_000;

    /** Nanoseconds after which the queues are looked up again, because Tigase makes them anew when its configuration changes. */
    private static final long FOUND_NANOS = 5_000_000_000L;

    private static final List<String> COMPONENTS = List.of("message-router", "c2s");
    private static final List<String> FIELDS = List.of("in_queues", "out_queues");

    private final Clock clock;
    private volatile int count;
    private volatile long countedAtNanos;
    private volatile List<PriorityQueueAbstract<?>> queues = List.of();
    private volatile long foundAtNanos;

    public QueueDepths(Clock clock) {
        this.clock = clock;
        this.countedAtNanos = clock.monotonicNanos() - FRESH_NANOS;
        this.foundAtNanos = countedAtNanos - FOUND_NANOS;
    }

    @Override
    public int waiting() {
        long now = clock.monotonicNanos();
        if (now - countedAtNanos >= FRESH_NANOS) {
            countedAtNanos = now; // first: one thread is enough
            find(now);
            count = count();
        }
        return count;
    }

    private void find(long now) {
        if (now - foundAtNanos >= FOUND_NANOS) {
            foundAtNanos = now;
            try {
                queues = found();
            } catch (ConcurrentModificationException e) {
                foundAtNanos = now - FOUND_NANOS; // Tigase is making them anew
            }
        }
    }

    private int count() {
        return queues.stream().mapToInt(PriorityQueueAbstract::totalSize).sum();
    }

    /** A queue that another release does not have does not count. */
    private static List<PriorityQueueAbstract<?>> found() {
        List<PriorityQueueAbstract<?>> queues = new ArrayList<>();
        for (String name : COMPONENTS) {
            Object component = XMPPServer.getComponent(name);
            if (component != null) {
                FIELDS.forEach(field -> addAll(TigaseInspection.readOrNull(component, field), queues));
            }
        }
        return queues;
    }

    private static void addAll(@Nullable Object held, List<PriorityQueueAbstract<?>> queues) {
        if (held instanceof Collection<?> all) {
            for (Object one : all) {
                if (one instanceof PriorityQueueAbstract<?> queue) {
                    queues.add(queue);
                }
            }
        }
    }
}
