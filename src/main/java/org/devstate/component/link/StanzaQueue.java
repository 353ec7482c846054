package org.devstate.component.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Stanzas that wait to be sent, each kind in the order of its coming, but messages behind all others: an answer, which somebody waits for,
 * is not to stand behind what everybody is told. Thread-safe.
 */
final class StanzaQueue {

    private final Queue<XmlElement> messages = new ConcurrentLinkedQueue<>();
    private final Queue<XmlElement> others = new ConcurrentLinkedQueue<>();

    /** One for each of them, given when it is there; by a clearing, one may be left over. */
    private final Semaphore waiting = new Semaphore(0);

    void add(XmlElement stanza) {
        (stanza.name().equals("message") ? messages : others).add(stanza);
        waiting.release();
    }

    /** Takes the next one, or {@code null} if none comes in so many milliseconds. */
    @Nullable
    XmlElement poll(long millis) throws InterruptedException {
        if (!waiting.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return null;
        }
        XmlElement next = others.poll();
        return next == null ? messages.poll() : next;
    }

    int size() {
        return waiting.availablePermits();
    }

    /** Forgets those that wait. */
    void clear() {
        waiting.drainPermits();
        others.clear();
        messages.clear();
    }
}
