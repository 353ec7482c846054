// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.stats.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Sends one subscriber the notifications in its {@link Backlog}, no faster than its {@link Pace} and its line allow: in order, changes
 * before the snapshot, at most {@value #BURST} at one go. The {@link Pacer} sends later those that cannot leave yet. Thread-safe;
 * {@code sender} is called with no lock held.
 */
final class Outbox {

    /** The most notifications that leave at one go: then it is the turn of other subscribers. */
    static final int BURST = 200;

    /** Milliseconds after a full go before more of the same kind, changes or snapshot, leaves. */
    static final long PAUSE_MS = 1;

    /** A tick of the rate is 2^30 ns. */
    private static final int TICK_BITS = 30;

    private static final double TICK_SECONDS = (1L << TICK_BITS) / 1e9;

    /** A time that is always past. */
    private static final long AT_ONCE = -1;

    private static final long LOOK_AGAIN_NANOS = MILLISECONDS.toNanos(HostFlow.LOOK_AGAIN_MS);

    private static final long PAUSE_NANOS = MILLISECONDS.toNanos(PAUSE_MS);

    /** Takes the notifications that leave. Called with no lock held, by one thread at a time. */
    @FunctionalInterface
    interface Sender {

        /**
         * Sends {@code notifications}.
         *
         * @param notifications in order; the list must not be retained
         */
        void send(List<Notification> notifications);

        /** Whether notifications that were sent before still wait for the subscriber's line. Called with the lock held; quick. */
        default boolean isBehind() {
            return false;
        }
    }

    private final Clock clock;
    private final Pacer pacer;
    private final Pacer.Turn turn;
    private final Sender sender;
    private final HostFlow hostFlow;
    private final LossCounters losses;
    private final Backlog backlog;
    private final Rate rate = new Rate(TICK_SECONDS);
    private Pace pace;
    private RateLimit rateLimit;

    /** The notifications that leave next. Only the sending thread writes them, with the lock held, and only it reads them. */
    private final List<Notification> leaving = new ArrayList<>();

    /** The snapshot to read on in after that. Accessed like {@link #leaving}. */
    private Snapshot.@Nullable Reader unread;

    /** Whether a thread is sending. If two could send, an older value might overtake a newer one. */
    private boolean sending;

    /** Whether part of the snapshot has left in this go. */
    private boolean snapshotSent;

    /** Since when the host has held up changes; {@link Pacer#NEVER} if it does not. */
    private long heldSinceNanos = Pacer.NEVER;

    private long changesFromNanos;
    private long snapshotFromNanos;

    /** Until this time nothing leaves, and then the pacer sends; {@link #AT_ONCE} if the outbox does not rest. */
    private volatile long restsUntilNanos = AT_ONCE;

    /**
     * @param pace the window and the rate limit of the subscriber
     * @param context what all outboxes share
     * @param wanted whether a notification may still leave when its turn has come; must be quick, because a lock is held
     * @param sender takes the notifications that leave, in order, in a list that it must not retain
     */
    Outbox(Pace pace, DeliveryContext context, Backlog.Filter wanted, Sender sender) {
        this.clock = context.clock;
        this.pacer = context.pacer;
        this.turn = pacer.turn(() -> send(true));
        this.sender = sender;
        this.hostFlow = context.hostFlow;
        this.losses = context.losses;
        this.backlog = new Backlog(pace.windowNanos(), wanted, losses);
        this.pace = pace;
        this.rateLimit = new RateLimit(pace.ratePerSecond(), clock.monotonicNanos());
    }

    /** Changes the pace from now on. */
    void setPace(Pace changed) {
        synchronized (this) {
            if (pace.equals(changed)) {
                return;
            }
            pace = changed;
            long nowNanos = clock.monotonicNanos();
            rateLimit = new RateLimit(changed.ratePerSecond(), nowNanos);
            backlog.setWindow(changed.windowNanos(), nowNanos);
        }
        pacer.wake(turn, clock.monotonicNanos());
    }

    /** Adds a change, in the place of an older value of its key. It leaves with the next {@link #flush}, or later. */
    synchronized void offer(Notification notification) {
        backlog.offer(notification);
    }

    /** Adds a cachable notification of a stored value, as part of a snapshot: it leaves when no change is left. */
    synchronized void offerSnapshot(Notification notification) {
        backlog.offerSnapshot(notification);
    }

    /**
     * Begins a snapshot of {@code node}: it is read part by part, when nothing else is left.
     *
     * @param nextPart offers another part to {@link #offerSnapshot}, and returns whether there was one; called with no lock held
     */
    synchronized void beginSnapshot(NodeType node, Snapshot.Reader nextPart) {
        backlog.beginSnapshot(node, nextPart);
    }

    /** Drops pending cachable values of the key of {@code notification}, which is newer and which the subscriber itself has published. */
    synchronized void overtake(Notification notification) {
        backlog.overtake(notification);
    }

    /** From now on, sends values of {@code node} even if the subscriber received the same value last. */
    synchronized void repeat(NodeType node) {
        backlog.repeat(node);
    }

    /** Drops all that is pending of {@code node}. */
    synchronized void forget(NodeType node) {
        backlog.forget(node);
    }

    /** Sends all that may leave, unless another thread is already sending, which then sends this too. */
    void flush() {
        send(false);
    }

    /** The number of pending notifications. */
    synchronized int depth() {
        return backlog.size();
    }

    /** Whether a notification of that key is pending. Looks at all pending ones. */
    synchronized boolean awaits(ItemKey key) {
        return backlog.awaits(key);
    }

    /** When the oldest pending change happened; {@link Long#MAX_VALUE} if none is pending. Looks at all of them. */
    synchronized long oldestChangeMs() {
        return backlog.oldestChangeMs();
    }

    /** The notifications sent in the last minute, per second. */
    synchronized double perSecond() {
        return rate.perSecond(clock.monotonicNanos() >>> TICK_BITS);
    }

    /** Whether nothing is pending, and no thread is sending. */
    synchronized boolean isIdle() {
        return backlog.isEmpty() && !sending;
    }

    /** @param onTurn whether the pacer calls, which also closes windows that hold nothing */
    private void send(boolean onTurn) {
        if (!onTurn && isResting()) {
            return;
        }
        long dueNanos;
        synchronized (this) {
            if (sending || (!onTurn && backlog.isEmpty())) {
                return;
            }
            snapshotSent = false;
            dueNanos = take(0);
        }
        try {
            int sent = 0;
            while (dueNanos == AT_ONCE) {
                sent += leaving.size();
                deliver();
                if (unread != null && !unread.readNext()) {
                    endSnapshot(unread);
                }
                dueNanos = take(sent);
            }
        } finally {
            if (dueNanos == AT_ONCE) {
                stopSending();
            }
        }
        pacer.wake(turn, dueNanos); // the last take() found nothing, and has left the sending to other threads
    }

    private boolean isResting() {
        long untilNanos = restsUntilNanos;
        return untilNanos != AT_ONCE && clock.monotonicNanos() < untilNanos;
    }

    private void deliver() {
        try {
            if (!leaving.isEmpty()) {
                sender.send(leaving);
            }
        } catch (RuntimeException e) {
            losses.failed.add(leaving.size());
        }
    }

    /**
     * Takes the notifications that may leave now. If there are any, the calling thread is {@link #sending} from then on.
     *
     * @param sent the number of notifications that have left in this go
     * @return {@link #AT_ONCE} if there is something to do; else when to look again, and no thread is sending
     */
    private synchronized long take(int sent) {
        long nowNanos = clock.monotonicNanos();
        backlog.closeWindows(nowNanos);
        leaving.clear();
        unread = null;
        int most = rateLimit.allow(BURST - sent, nowNanos);
        waitForTheLine(nowNanos);
        if (backlog.hasChanges() && changesFromNanos <= nowNanos) {
            if (hostFlow.takesChanges(nowNanos - heldSinceNanos)) {
                heldSinceNanos = Pacer.NEVER;
                fill(most, true, nowNanos);
                changesFromNanos = nowNanos + hostFlow.restNanos(leaving.size(), nowNanos);
            } else {
                heldSinceNanos = Math.min(heldSinceNanos, nowNanos);
                changesFromNanos = nowNanos + LOOK_AGAIN_NANOS;
            }
        }
        if (!backlog.hasChanges() && snapshotFromNanos <= nowNanos && leaving.size() < most) {
            fillFromSnapshot(most, nowNanos);
        }
        if (!leaving.isEmpty()) {
            if (sent + leaving.size() == BURST) {
                pause(nowNanos);
            }
            rateLimit.spend(leaving.size());
            rate.count(leaving.size(), nowNanos >>> TICK_BITS);
        }
        sending = !leaving.isEmpty() || unread != null;
        restsUntilNanos = sending || !backlog.hasChanges() ? AT_ONCE : changesDueNanos();
        return sending ? AT_ONCE : dueNanos(nowNanos);
    }

    /** If the subscriber is behind, nothing leaves before its line is looked at again. */
    private void waitForTheLine(long nowNanos) {
        if (!backlog.isEmpty() && sender.isBehind()) {
            changesFromNanos = nowNanos + LOOK_AGAIN_NANOS;
            snapshotFromNanos = changesFromNanos;
        }
    }

    /** Adds the entries of the snapshot that may leave, and sets {@link #unread} if no entry that was read is left. */
    private void fillFromSnapshot(int most, long nowNanos) {
        int allowed = backlog.hasSnapshot() ? hostFlow.allow(most - leaving.size(), nowNanos) : 0;
        if (allowed == 0) {
            return;
        }
        int before = leaving.size();
        fill(before + allowed, false, nowNanos);
        int taken = leaving.size() - before;
        hostFlow.spend(taken);
        snapshotSent |= taken > 0;
        unread = taken < allowed ? backlog.unread() : null;
    }

    private synchronized void endSnapshot(Snapshot.Reader unread) {
        backlog.endSnapshot(unread);
    }

    /** A pause follows a full go: for changes only if no snapshot was sent, so that a snapshot does not hold up changes. */
    private void pause(long nowNanos) {
        if (snapshotSent) {
            snapshotFromNanos = nowNanos + PAUSE_NANOS;
        } else {
            changesFromNanos = nowNanos + PAUSE_NANOS;
        }
    }

    private void fill(int most, boolean changes, long nowNanos) {
        while (leaving.size() < most) {
            @Nullable
            Notification notification = changes ? backlog.pollChange(nowNanos) : backlog.pollSnapshot(nowNanos);
            if (notification == null) {
                return;
            }
            leaving.add(notification);
        }
    }

    /** When to look again. */
    private long dueNanos(long nowNanos) {
        long dueNanos = backlog.windowsDueNanos();
        if (backlog.hasChanges()) {
            dueNanos = Math.min(dueNanos, changesDueNanos());
        } else if (backlog.hasSnapshot()) {
            long flowsAt = Math.max(rateLimit.nextNanos(1), hostFlow.nextNanos(BURST, nowNanos));
            dueNanos = Math.min(dueNanos, Math.max(snapshotFromNanos, flowsAt));
        }
        return Math.max(nowNanos, dueNanos);
    }

    private long changesDueNanos() {
        return Math.max(changesFromNanos, rateLimit.nextNanos(1));
    }

    private synchronized void stopSending() {
        sending = false;
    }
}
