package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.stats.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Tells one receiver what is in its {@link Backlog}, no faster than its {@link Pace} allows: one after another, changes before
 * the snapshot, at most {@value #BURST} at one go. What can't leave yet leaves by itself when it can. Thread-safe;
 * the receiver is called with no lock held.
 */
final class Outbox {

    /** Events that leave at one go: Asterisk has been seen to take that many at once without harm. */
    static final int BURST = 200;

    /** Milliseconds after a full go before more of the same kind, changes or snapshot, leaves. */
    static final long PAUSE_MS = 20;

    /** A tick of the rate is 2^30 ns. */
    private static final int TICK_BITS = 30;

    private static final double TICK_SECONDS = (1L << TICK_BITS) / 1e9;

    /** A time that is always past. */
    private static final long AT_ONCE = -1;

    private static final long LOOK_AGAIN_NANOS = MILLISECONDS.toNanos(HostFlow.LOOK_AGAIN_MS);

    private static final long PAUSE_NANOS = MILLISECONDS.toNanos(PAUSE_MS);

    private final Clock clock;
    private final Pacer pacer;
    private final Pacer.Turn turn;
    private final Consumer<List<Notification>> receiver;
    private final HostFlow hostFlow;
    private final LossCounters losses;
    private final Backlog backlog;
    private final Rate rate = new Rate(TICK_SECONDS);
    private Pace pace;
    private RateLimit cap;

    /** What leaves next. Written with the lock held, by whoever is sending then, and read by him alone. */
    private final List<Notification> leaving = new ArrayList<>();

    /** The snapshot to read on in after that. As above. */
    private @Nullable BooleanSupplier unread;

    /** Whether somebody is at it. If two could be, an older value might pass a newer one on the way out. */
    private boolean sending;

    /** Whether part of the snapshot has left in this go. */
    private boolean snapshotSent;

    /** Since when the host has held up changes; {@link Pacer#NEVER} where it does not. */
    private long heldSinceNanos = Pacer.NEVER;

    private long changesFromNanos;
    private long snapshotFromNanos;

    /** Until then nothing leaves, and then the pacer sees to it; {@link #AT_ONCE} where that is not so. */
    private volatile long restsUntilNanos = AT_ONCE;

    /**
     * @param pace how fast the receiver is told
     * @param pacer sends what can't be sent yet
     * @param wanted whether an event may still leave when its turn has come; quick, as a lock is held
     * @param receiver is given the events that leave, in order, in a list that it does not keep
     * @param hostFlow how much may go of all receivers' together
     * @param losses counts what does not reach it
     */
    Outbox(
            Pace pace,
            Clock clock,
            Pacer pacer,
            Predicate<Notification> wanted,
            Consumer<List<Notification>> receiver,
            HostFlow hostFlow,
            LossCounters losses) {
        this.clock = clock;
        this.pacer = pacer;
        this.turn = pacer.turn(() -> send(true));
        this.receiver = receiver;
        this.hostFlow = hostFlow;
        this.losses = losses;
        this.backlog = new Backlog(pace.windowNanos(), wanted, losses);
        this.pace = pace;
        this.cap = new RateLimit(pace.ratePerSecond(), clock.monotonicNanos());
    }

    /** Tells the receiver at another pace from now on. */
    void setPace(Pace changed) {
        synchronized (this) {
            if (pace.equals(changed)) {
                return;
            }
            pace = changed;
            long nowNanos = clock.monotonicNanos();
            cap = new RateLimit(changed.ratePerSecond(), nowNanos);
            backlog.setWindow(changed.windowNanos(), nowNanos);
        }
        pacer.wake(turn, clock.monotonicNanos());
    }

    /** Adds a change, in the place of an older value of its key. It leaves with the next {@link #flush}, or later. */
    synchronized void offer(Notification notification) {
        backlog.offer(notification);
    }

    /** Adds a cachable event that tells what is known already: it leaves when no change is left. */
    synchronized void offerSnapshot(Notification notification) {
        backlog.offerSnapshot(notification);
    }

    /**
     * Begins to tell what is known of {@code node}: it is read part by part, when nothing else is left.
     *
     * @param nextPart offers another part to {@link #offerSnapshot}, and tells whether there was one; called with no lock held
     */
    synchronized void beginSnapshot(NodeType node, BooleanSupplier nextPart) {
        backlog.beginSnapshot(node, nextPart);
    }

    /** Drops what is pending of the key of {@code notification}, which the receiver knows and which is newer. */
    synchronized void overtake(Notification notification) {
        backlog.overtake(notification);
    }

    /** From now on, tells what comes of {@code node} even where it was told last. */
    synchronized void repeat(NodeType node) {
        backlog.repeat(node);
    }

    /** Forgets what is pending of {@code node}. */
    synchronized void forget(NodeType node) {
        backlog.forget(node);
    }

    /** Sends what may leave, unless somebody is at it already, who will then send this too. */
    void flush() {
        send(false);
    }

    /** How many events are pending. */
    synchronized int depth() {
        return backlog.size();
    }

    /** Whether anything of that key is still to be told. Looks at all that is pending. */
    synchronized boolean awaits(ItemKey key) {
        return backlog.awaits(key);
    }

    /** When the oldest change happened that is pending; {@link Long#MAX_VALUE} where none is. Looks at all of them. */
    synchronized long oldestChangeMs() {
        return backlog.oldestChangeMs();
    }

    /** How much has left in the last minute, per second. */
    synchronized double perSecond() {
        return rate.perSecond(clock.monotonicNanos() >>> TICK_BITS);
    }

    /** Whether nothing is pending, and nobody is sending. */
    synchronized boolean isIdle() {
        return backlog.isEmpty() && !sending;
    }

    /** @param onTurn whether the pacer asks, which also sees to windows that hold nothing */
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
                if (unread != null && !unread.getAsBoolean()) {
                    endSnapshot(unread);
                }
                dueNanos = take(sent);
            }
        } finally {
            if (dueNanos == AT_ONCE) {
                stopSending();
            }
        }
        pacer.wake(turn, dueNanos); // the last one to take, who found nothing, has left the sending to others
    }

    private boolean isResting() {
        long untilNanos = restsUntilNanos;
        return untilNanos != AT_ONCE && clock.monotonicNanos() < untilNanos;
    }

    private void deliver() {
        try {
            if (!leaving.isEmpty()) {
                receiver.accept(leaving);
            }
        } catch (RuntimeException e) {
            losses.failed.add(leaving.size());
        }
    }

    /**
     * Takes what may leave now for whoever is {@link #sending} then, that is who has called.
     *
     * @param sent how many have left in this go
     * @return {@link #AT_ONCE} where there is something; else when to look again, and nobody is sending
     */
    private synchronized long take(int sent) {
        long nowNanos = clock.monotonicNanos();
        backlog.closeWindows(nowNanos);
        leaving.clear();
        unread = null;
        int most = cap.allow(BURST - sent, nowNanos);
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
            cap.spend(leaving.size());
            rate.count(leaving.size(), nowNanos >>> TICK_BITS);
        }
        sending = !leaving.isEmpty() || unread != null;
        restsUntilNanos = sending || !backlog.hasChanges() ? AT_ONCE : changesDueNanos();
        return sending ? AT_ONCE : dueNanos(nowNanos);
    }

    /** Adds what may go of the snapshot, and where to read on, if nothing is left of what was read. */
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

    private synchronized void endSnapshot(BooleanSupplier unread) {
        backlog.endSnapshot(unread);
    }

    /** A full go is followed by a pause: of the changes where there was nothing else, lest a snapshot holds up changes. */
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

    /** When there will be something to do again. */
    private long dueNanos(long nowNanos) {
        long dueNanos = backlog.windowsDueNanos();
        if (backlog.hasChanges()) {
            dueNanos = Math.min(dueNanos, changesDueNanos());
        } else if (backlog.hasSnapshot()) {
            long flowsAt = Math.max(cap.nextNanos(1), hostFlow.nextNanos(BURST, nowNanos));
            dueNanos = Math.min(dueNanos, Math.max(snapshotFromNanos, flowsAt));
        }
        return Math.max(nowNanos, dueNanos);
    }

    private long changesDueNanos() {
        return Math.max(changesFromNanos, cap.nextNanos(1));
    }

    private synchronized void stopSending() {
        sending = false;
    }
}
