// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;

/** The latest rejections, for an administrator who looks for the cause. Holds {@value #MOST} records; thread-safe. */
public final class RejectionHistory {

    /** How many rejections are stored; one more, and the oldest is forgotten. */
    public static final int MOST = 200;

    /** How much of a text is stored, in characters. */
    public static final int MOST_TEXT = 200;

    /**
     * One rejection.
     *
     * @param atMs its time, in milliseconds of the {@link org.devstate.core.spi.Clock}
     * @param from the sender of the request
     * @param node the node or leaf that the request was about
     * @param item the device or mailbox
     * @param reason the text for the sender
     */
    public record Rejection(long atMs, Jid from, String node, RejectedItem item, String reason) {

        /** One that is about no device or mailbox. */
        public Rejection(long atMs, Jid from, String node, String reason) {
            this(atMs, from, node, RejectedItem.NONE, reason);
        }

        /** Cuts texts that are longer than {@value RejectionHistory#MOST_TEXT} characters. */
        public Rejection {
            node = cut(node);
            reason = cut(reason);
        }
    }

    /**
     * The device or mailbox that a rejected request named.
     *
     * @param node the node of its kind, also if the request was about a leaf
     * @param id its name; empty if the request named none
     */
    public record RejectedItem(NodeType node, String id) {

        /** For a request that named none. */
        public static final RejectedItem NONE = new RejectedItem(NodeType.DEVICE_STATE, "");

        /** Cuts a name that is longer than {@value RejectionHistory#MOST_TEXT} characters. */
        public RejectedItem {
            id = cut(id);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "\u2026";
    }

    private final Deque<Rejection> ring = new ArrayDeque<>();

    /** Adds one. */
    public synchronized void add(Rejection rejection) {
        if (ring.size() == MOST) {
            ring.removeFirst();
        }
        ring.addLast(rejection);
    }

    /** The stored rejections, the oldest first. */
    public synchronized List<Rejection> recent() {
        return List.copyOf(ring);
    }
}
