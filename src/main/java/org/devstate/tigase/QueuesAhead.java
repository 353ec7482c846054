package org.devstate.tigase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tigase.server.XMPPServer;
import tigase.util.processing.ProcessingThreads;
import tigase.util.workqueue.PriorityQueueAbstract;

/**
 * How many packets wait in the queues that a message of ours passes on its way to a client: those of the router, of the session manager
 * and its plugin for messages, and of the connections' manager. Whatever is in them counts, whoever sent it. Looked up every few milliseconds at
 * most. Thread-safe.
 */
final class QueuesAhead implements IntSupplier {

    /** Nanoseconds for which a count is good enough. */
    static final long FRESH_NANOS = 5_000_000;

    /** Nanoseconds after which the queues are looked for again, as Tigase makes them anew when its configuration changes. */
    private static final long FOUND_NANOS = 5_000_000_000L;

    private static final List<String> COMPONENTS = List.of("message-router", "sess-man", "c2s");
    /** What handles messages in the session manager; what other plugins have to do holds up nobody. */
    private static final List<String> PLUGINS = List.of("amp", "message");

    private static final List<String> FIELDS = List.of("in_queues", "out_queues", "workerThreads");

    private final LongSupplier nanos;
    private volatile int count;
    private volatile long countedAtNanos;
    private volatile List<Object> queues = List.of();
    private volatile long foundAtNanos;

    /** @param nanos a clock that starts anywhere and never goes back */
    QueuesAhead(LongSupplier nanos) {
        this.nanos = nanos;
        this.countedAtNanos = nanos.getAsLong() - FRESH_NANOS;
        this.foundAtNanos = countedAtNanos - FOUND_NANOS;
    }

    @Override
    public int getAsInt() {
        long now = nanos.getAsLong();
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
        int sum = 0;
        for (Object queue : queues) {
            sum += queue instanceof PriorityQueueAbstract<?> packets
                    ? packets.totalSize()
                    : ((ProcessingThreads<?>) queue).getTotalQueueSize();
        }
        return sum;
    }

    /** What is not there, as in another release, does not count. */
    private static List<Object> found() {
        List<Object> queues = new ArrayList<>();
        for (String name : COMPONENTS) {
            Object component = XMPPServer.getComponent(name);
            if (component != null) {
                FIELDS.forEach(field -> addAll(TigaseInspection.readOrNull(component, field), queues));
            }
        }
        return queues;
    }

    private static void addAll(@Nullable Object held, List<Object> queues) {
        Collection<?> all = held instanceof Map<?, ?> plugins
                ? PLUGINS.stream().map(plugins::get).toList()
                : held instanceof Collection<?> collection ? collection : List.of();
        for (Object queue : all) {
            if (queue instanceof PriorityQueueAbstract<?> || queue instanceof ProcessingThreads<?>) {
                queues.add(queue);
            }
        }
    }
}
