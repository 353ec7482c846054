// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/** The messages that have arrived and are handled one after another, later and with no lock held. Thread-safe. */
final class MessageInbox {

    /** The most messages of one node that wait to be handled; more than a node sends. */
    private static final int MOST_WAITING = 64;

    /** Handles messages, one after another. */
    @FunctionalInterface
    interface MessageHandler {

        void handle(String node, ReplicationMessage message);
    }

    private record ArrivedMessage(String node, ReplicationMessage message) {}

    private final Scheduler scheduler;
    private final MessageHandler handler;
    private final Deque<ArrivedMessage> waiting = new ArrayDeque<>();
    private boolean draining;

    MessageInbox(Scheduler scheduler, MessageHandler handler) {
        this.scheduler = scheduler;
        this.handler = handler;
    }

    /**
     * Takes a message, unless too many wait: it will be repeated. Returns at once.
     *
     * @param nodes how many other nodes there are
     */
    void add(String node, ReplicationMessage message, int nodes) {
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING * Math.max(1, nodes)) {
                return;
            }
            waiting.add(new ArrivedMessage(node, message));
            if (draining) {
                return;
            }
            draining = true;
        }
        scheduler.schedule(this::drain, 0);
    }

    private void drain() {
        for (ArrivedMessage next = next(); next != null; next = next()) {
            handler.handle(next.node, next.message);
        }
    }

    private synchronized @Nullable ArrivedMessage next() {
        draining = !waiting.isEmpty();
        return waiting.poll();
    }
}
