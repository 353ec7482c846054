// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.devstate.core.spi.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The exchange with one other node: one batch at a time is under way there, which is repeated until it is acknowledged. Thread-safe; calls
 * nothing but the queue.
 */
final class NodeLink {

    /** How long after its last message another node counts as lost. */
    static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long an acknowledgement is awaited before the items are sent again, as they are by then. */
    static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What the arrival of a message means for the link. */
    enum Arrival {
        /** The node was known to be present. */
        PRESENT,
        /** The node is present from now on. */
        JOINED,
        /** The node was present, was started again without being noticed to be lost, and is present from now on. */
        RESTARTED,
        /** The message is from before a restart of the node. */
        OUTDATED
    }

    private record BatchUnderWay(long number, List<PendingItem> items, long sentAtNanos, long oldestNanos) {}

    /** How long after it has connected a node is logged of which no message has arrived. */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final AtomicBoolean pumpsSoon = new AtomicBoolean();
    private final NodeQueue queue;
    private boolean present;
    private long run;
    private long arrivedAtNanos;
    private long sinceMs;
    private long lastNumber;
    private long mergedNumber;
    private @Nullable BatchUnderWay underWay;
    private boolean complete;

    /** How many times the node has joined here, and this one there. */
    private long joins;

    private long joinsThere;
    private boolean endOfTable;
    private long comparedAtMs;
    private long sameSinceMs;
    private @Nullable Long silentSinceNanos;

    NodeLink(Clock clock) {
        this.queue = new NodeQueue(clock);
    }

    NodeQueue queue() {
        return queue;
    }

    /** Whether sending of the next items is scheduled. */
    AtomicBoolean pumpsSoon() {
        return pumpsSoon;
    }

    synchronized boolean isPresent() {
        return present;
    }

    synchronized Replicator.NodeStatus status(String name, long nowNanos) {
        boolean isIdle = underWay == null && queue.size() == 0;
        long oldestNanos = underWay == null ? queue.oldestNanos() : underWay.oldestNanos;
        Replicator.LinkFigures figures = new Replicator.LinkFigures(
                queue.size() + (underWay == null ? 0 : underWay.items.size()),
                isIdle ? 0 : TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNanos - oldestNanos)),
                comparedAtMs,
                sameSinceMs);
        return new Replicator.NodeStatus(name, present, sinceMs, complete, figures);
    }

    /** The host has connected to the node; a message is to arrive soon. */
    synchronized void connected(long nowNanos) {
        if (run == 0 && silentSinceNanos == null) {
            silentSinceNanos = nowNanos;
        }
    }

    /** Whether the node has been connected for a minute and no message of it has ever arrived; true once. */
    synchronized boolean isSilent(long nowNanos) {
        boolean isSilent = silentSinceNanos != null && nowNanos - silentSinceNanos >= SILENT_NANOS;
        silentSinceNanos = isSilent ? null : silentSinceNanos;
        return isSilent;
    }

    /** The table of the node was compared with that of this one. */
    synchronized void compared(boolean isSame, long nowMs) {
        comparedAtMs = nowMs;
        if (!isSame) {
            sameSinceMs = 0;
        } else if (sameSinceMs == 0) {
            sameSinceMs = nowMs;
        }
    }

    /** The run of the node that the last message is from. */
    synchronized long run() {
        return run;
    }

    /** Whether the node has sent all that it had when it joined. */
    synchronized boolean isComplete() {
        return complete;
    }

    /** Whether the node was to be sent the end of the table since it joined; it is from now on. */
    synchronized boolean hasEndOfTable() {
        boolean had = endOfTable;
        endOfTable = true;
        return had;
    }

    synchronized void completed() {
        complete = true;
    }

    /** A message of that run of the node has arrived. */
    synchronized Arrival arrived(long fromRun, long nowNanos, long nowMs) {
        if (fromRun < run && !hasBeenSilent(nowNanos)) {
            return Arrival.OUTDATED;
        }
        boolean wasPresent = present;
        boolean isRestarted = wasPresent && fromRun > run;
        arrivedAtNanos = nowNanos;
        if (wasPresent && !isRestarted) {
            return Arrival.PRESENT;
        }
        if (fromRun != run) {
            mergedNumber = 0;
        }
        run = fromRun;
        silentSinceNanos = null;
        begin(nowMs);
        return isRestarted ? Arrival.RESTARTED : Arrival.JOINED;
    }

    /** Whether no late message of an earlier run can be on its way: a node whose clock was set back has a lower run after its restart. */
    private boolean hasBeenSilent(long nowNanos) {
        return !present && nowNanos - arrivedAtNanos >= LOST_NANOS;
    }

    private void begin(long nowMs) {
        joins++;
        present = true;
        sinceMs = nowMs;
        complete = false;
        endOfTable = false;
        underWay = null;
        queue.clear();
    }

    /** How many times the node has joined here. */
    synchronized long joins() {
        return joins;
    }

    /** How many times this node has joined there, by its message; returns whether it has since the message before. */
    synchronized boolean hasJoinedThere(long count) {
        boolean has = count > joinsThere;
        joinsThere = count;
        return has;
    }

    /** Whether the node has been silent for so long that it counts as lost. */
    synchronized boolean isOverdue(long nowNanos) {
        return present && nowNanos - arrivedAtNanos >= LOST_NANOS;
    }

    /** The node is lost; returns whether it was present. */
    synchronized boolean lose(long nowMs) {
        boolean was = present;
        sinceMs = was ? nowMs : sinceMs;
        silentSinceNanos = null;
        sameSinceMs = 0;
        present = false;
        underWay = null;
        queue.clear();
        return was;
    }

    /** The next items to send, if the node is present and has acknowledged those before; else none. */
    synchronized List<PendingItem> next(long nowNanos) {
        if (!present || underWay != null) {
            return List.of();
        }
        long oldestNanos = queue.oldestNanos();
        List<PendingItem> items = queue.take();
        if (!items.isEmpty()) {
            underWay = new BatchUnderWay(++lastNumber, items, nowNanos, oldestNanos);
        }
        return items;
    }

    /** The number of the batch that is under way. */
    synchronized long number() {
        return lastNumber;
    }

    /** The node has merged a batch; returns whether it is the one under way. */
    synchronized boolean acknowledged(long number) {
        boolean is = underWay != null && underWay.number == number;
        if (is) {
            underWay = null;
        }
        return is;
    }

    /** Makes the items of an overdue batch pending again; returns whether there was one. */
    synchronized boolean repeat(long nowNanos) {
        boolean isOverdue = underWay != null && nowNanos - underWay.sentAtNanos >= REPEAT_NANOS;
        if (isOverdue && underWay != null) {
            queue.putBack(underWay.items);
            underWay = null;
        }
        return isOverdue;
    }

    /** Whether nothing is pending or under way. */
    synchronized boolean isIdle() {
        return underWay == null && queue.size() == 0;
    }

    /** Whether a batch of that number has not been merged yet and is not late; it counts as merged from now on. */
    synchronized boolean takes(long number) {
        boolean isNext = number > mergedNumber;
        mergedNumber = Math.max(mergedNumber, number);
        return isNext;
    }
}
