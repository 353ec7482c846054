// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Stanzas that wait to be sent, each kind in order of arrival. Messages wait behind all others, so that notifications do not delay an answer
 * that a session waits for. Thread-safe.
 */
final class StanzaQueue {

    private final Queue<XmlElement> messages = new ConcurrentLinkedQueue<>();
    private final Queue<XmlElement> others = new ConcurrentLinkedQueue<>();

    /** One permit for each stanza, released after it was added; a race with {@link #clear} may leave one too many. */
    private final Semaphore waiting = new Semaphore(0);

    void add(XmlElement stanza) {
        (stanza.name().equals("message") ? messages : others).add(stanza);
        waiting.release();
    }

    /** Takes the next stanza, or returns {@code null} if none arrives within {@code millis} milliseconds. */
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

    /** Discards all waiting stanzas. */
    void clear() {
        waiting.drainPermits();
        others.clear();
        messages.clear();
    }
}
