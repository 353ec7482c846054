// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.stats.LossCounters;
import org.jspecify.annotations.Nullable;

/**
 * The pending notifications of one subscriber, in their order. Not thread-safe.
 *
 * <p>A key stands here for a device of one EID, or for a mailbox of all EIDs: an Asterisk has one value per mailbox, the one that it
 * received last. At most the latest value of a key is pending, with the state that freed the device before it ({@link Coalescer}). It
 * is in one place only: held back if the key's window is open, else among the changes or in the snapshot. Non-cachable notifications
 * replace nothing and wait for no window, but stay behind the earlier ones of their key. So the order of a key is preserved, and the
 * whole is bounded by twice the keys plus {@value #MOST_NON_CACHABLE}. Of a snapshot that has begun, only the part that was read is
 * pending.
 */
final class Backlog {

    /** How many events that are not cachable may be pending; one more, and the oldest is dropped. */
    static final int MOST_NON_CACHABLE = 1_000;

    /** Decides whether a pending notification may still leave when its turn has come. Quick, because a lock is held. */
    @FunctionalInterface
    interface Filter {

        boolean wants(Notification notification);
    }

    /** A slot for each key that is pending, or whose window is open. */
    private final Slots slots = new Slots();

    private final Lane changes = new Lane();
    private final Lane snapshot = new Lane();

    /** The snapshots that are not read to their end; each call reads another part, and returns whether there was one. */
    private final Map<NodeType, Snapshot.Reader> unread = new EnumMap<>(NodeType.class);

    /** Those that are not cachable, the oldest first. */
    private final Set<Slot.NonCachableTicket> nonCachable = new LinkedHashSet<>();

    private final Windows windows;
    private final Filter wanted;
    private final LossCounters losses;
    private final Coalescer coalescer;

    /**
     * @param windowNanos 0 for no windows
     * @param wanted whether a notification may still leave when its turn has come
     * @param losses counts the notifications that do not leave
     */
    Backlog(long windowNanos, Filter wanted, LossCounters losses) {
        this.windows = new Windows(windowNanos);
        this.wanted = wanted;
        this.losses = losses;
        this.coalescer = new Coalescer(changes, losses);
    }

    /** Makes windows that long from now on, and lets no window that is open stay so for longer. */
    void setWindow(long windowNanos, long nowNanos) {
        windows.setLength(windowNanos, nowNanos);
    }

    /** Adds a change, in the place of an older value of its key. */
    void offer(Notification notification) {
        Slot slot = slots.at(notification.key());
        if (!notification.cachable()) {
            offerNonCachable(slot, notification);
        } else {
            coalescer.offer(slot, notification);
        }
    }

    /** Adds a value as part of a snapshot. It is the newest of its key, or the caller would have offered the newer one. */
    void offerSnapshot(Notification notification) {
        Slot slot = slots.at(notification.key());
        if (slot.windowOpen || changes.has(slot)) {
            offer(notification);
        } else {
            slot.notification = notification;
            if (!slot.isInLine()) {
                snapshot.add(slot, slot.key.node());
            }
        }
    }

    /** The subscriber itself has published a value that is newer than all pending ones of that key. Non-cachable notifications stay. */
    void overtake(Notification notification) {
        Slot slot = slots.find(notification.key());
        if (slot == null) {
            return;
        }
        coalescer.drop(slot);
        slot.lastSent = null;
        slot.freed = false;
        forgetIfEmpty(slot);
    }

    /** The last notifications of {@code node} may be repeated. */
    void repeat(NodeType node) {
        windows.repeat(node);
    }

    /** Begins a snapshot of {@code node}, in the place of one that has begun before. */
    void beginSnapshot(NodeType node, Snapshot.Reader nextPart) {
        unread.put(node, nextPart);
    }

    /** The snapshot to read next, if all that was read has left. */
    Snapshot.@Nullable Reader unread() {
        return snapshot.isEmpty() && !unread.isEmpty()
                ? unread.values().iterator().next()
                : null;
    }

    /** A snapshot is read to its end. */
    void endSnapshot(Snapshot.Reader nextPart) {
        unread.values().remove(nextPart);
    }

    private void offerNonCachable(Slot slot, Notification notification) {
        Slot.NonCachableTicket ticket = new Slot.NonCachableTicket(notification, slot);
        nonCachable.add(ticket);
        slot.nonCachable++;
        if (slot.holds() || slot.freeing != null) {
            slot.putBehind(ticket);
        } else {
            slot.lastSent = null;
            if (slot.isInLine() && !changes.has(slot)) {
                slot.leave(); // the snapshot: this is to come behind it
                changes.add(slot, slot.key.node());
            }
            changes.add(ticket, slot.key.node());
        }
        if (nonCachable.size() > MOST_NON_CACHABLE) {
            Slot.NonCachableTicket oldest = nonCachable.iterator().next();
            oldest.leave();
            oldest.slot.removeBehind(oldest);
            nonCachableLeft(oldest);
            losses.dropped.increment();
        }
    }

    private void nonCachableLeft(Slot.NonCachableTicket ticket) {
        nonCachable.remove(ticket);
        ticket.slot.nonCachable--;
        forgetIfEmpty(ticket.slot);
    }

    private void forgetIfEmpty(Slot slot) {
        if (slot.isEmpty()) {
            slots.remove(slot);
        }
    }

    /** Closes the windows whose time is up, so that their held values can be polled. */
    void closeWindows(long nowNanos) {
        windows.close(nowNanos, this::closed);
    }

    private void closed(Slot slot) {
        if (slot.holds()) {
            coalescer.release(slot);
        } else {
            forgetIfEmpty(slot);
        }
    }

    /** Takes the next change that may leave now. */
    @Nullable
    Notification pollChange(long nowNanos) {
        return next(changes, nowNanos);
    }

    /** Takes the next entry of the snapshot. */
    @Nullable
    Notification pollSnapshot(long nowNanos) {
        return next(snapshot, nowNanos);
    }

    /** A notification that the subscriber may no longer receive is left out as if it had never been offered: no window opens for it. */
    private @Nullable Notification next(Lane lane, long nowNanos) {
        for (Ticket ticket = lane.poll(); ticket != null; ticket = lane.poll()) {
            Notification notification =
                    ticket instanceof Slot slot ? coalescer.take(slot) : Objects.requireNonNull(ticket.notification);
            boolean leaves = wanted.wants(notification);
            if (ticket instanceof Slot.NonCachableTicket left) {
                nonCachableLeft(left);
            } else {
                hasLeft((Slot) ticket, notification, leaves, nowNanos);
            }
            if (leaves) {
                return notification;
            }
        }
        return null;
    }

    private void hasLeft(Slot slot, Notification notification, boolean sent, long nowNanos) {
        if (sent) {
            windows.open(slot, slot.nonCachable == 0 ? notification : null, nowNanos);
        }
        coalescer.hasLeft(slot);
        forgetIfEmpty(slot);
    }

    /** Forgets {@code node}, its windows included: a session that subscribes again begins anew. */
    void forget(NodeType node) {
        unread.remove(node);
        windows.forget(node);
        nonCachable.removeIf(ticket -> {
            boolean over = ticket.slot.key.node() == node;
            if (over) {
                ticket.leave();
            }
            return over;
        });
        slots.removeIf(slot -> slot.key.node() == node && leaves(slot));
    }

    private boolean leaves(Slot slot) {
        coalescer.forget(slot);
        return true;
    }

    /** How many keys have a slot. */
    int keys() {
        return slots.size();
    }

    /** How many events are pending. */
    int size() {
        int behind =
                (int) nonCachable.stream().filter(ticket -> !ticket.isInLine()).count();
        return changes.size() + snapshot.size() + coalescer.size() + behind;
    }

    /** Whether a notification of that key is still to be sent, now or with the rest of a snapshot. */
    boolean awaits(ItemKey key) {
        Slot slot = slots.find(key);
        return unread.containsKey(key.node()) || (slot != null && (slot.notification != null || slot.nonCachable > 0));
    }

    /** When the oldest pending change happened; {@link Long#MAX_VALUE} if none is pending. Looks at all of them. */
    long oldestChangeMs() {
        List<Notification> pending = new ArrayList<>();
        nonCachable.forEach(ticket -> pending.add(Objects.requireNonNull(ticket.notification)));
        slots.forEach(slot -> {
            if (slot.holds() || changes.has(slot)) {
                pending.add(Objects.requireNonNull(slot.first()));
            }
        });
        return pending.stream()
                .mapToLong(Notification::changedAtMs)
                .filter(ms -> ms > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    boolean hasSnapshot() {
        return !snapshot.isEmpty() || !unread.isEmpty();
    }

    /** Whether nothing is to be sent, now or later. */
    boolean isEmpty() {
        return changes.isEmpty() && !hasSnapshot() && !coalescer.holdsAny();
    }

    /** When {@link #closeWindows} is to be called next; {@link Pacer#NEVER} if no window is open. */
    long windowsDueNanos() {
        return windows.dueNanos(coalescer.holdsAny());
    }
}
