// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.devstate.core.entries.EntryListener;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.sessions.Leases;
import org.devstate.core.sessions.SubscriptionListener;
import org.jspecify.annotations.Nullable;

/** Marks each change that was accepted here, and each subscription, for the other nodes. Thread-safe; called with the lock of the entry held. */
public final class ChangeMarker implements EntryListener, SubscriptionListener {

    /** Takes what has to be sent to the other nodes. Quick, as locks are held. */
    @FunctionalInterface
    interface PendingItemListener {

        /** {@code item} has changed, and each node has to be sent it. */
        void changed(PendingItem item);
    }

    private final List<PendingItemListener> listeners = new CopyOnWriteArrayList<>();
    private final Removals removals;

    /** @param removals remembers which keys were removed */
    public ChangeMarker(Removals removals) {
        this.removals = removals;
    }

    /** Marks changes of leases, too, for {@code next} to be called first. */
    public Leases.LeaseListener andLeases(Leases.LeaseListener next) {
        return new Leases.LeaseListener() {
            @Override
            public void heldBy(Eid eid, @Nullable Jid session) {
                next.heldBy(eid, session);
            }

            @Override
            public void changed(Eid eid) {
                mark(new PendingItem.OfLease(eid));
            }
        };
    }

    void addListener(PendingItemListener listener) {
        listeners.add(listener);
    }

    void mark(PendingItem item) {
        listeners.forEach(listener -> listener.changed(item));
    }

    @Override
    public void subscribed(Jid session, NodeType node) {
        mark(new PendingItem.OfSubscription(session, node));
    }

    @Override
    public void changed(Entry entry, Notification notification) {
        removals.forget(entry.key());
        mark(new PendingItem.OfKey(entry.key()));
    }

    @Override
    public void changedElsewhere(Entry entry, Notification notification) {
        removals.forget(entry.key());
    }

    @Override
    public void publishedNonCachable(Notification notification) {
        mark(new PendingItem.OfNonCachable(notification, notification.changedAtMs()));
    }

    @Override
    public void deviceAdded(ItemKey key, Account account) {}

    @Override
    public void reasserted(Entry entry) {
        mark(new PendingItem.OfKey(entry.key()));
    }

    @Override
    public Entry repeated(Entry entry, long nowMs) {
        mark(new PendingItem.OfKey(entry.key()));
        return entry.changedAt(timeOfChange(entry.key(), entry.changedAtMs(), nowMs));
    }

    @Override
    public void removed(Entry last) {
        if (!last.isAwaited()) {
            removals.add(last);
            mark(new PendingItem.OfKey(last.key()));
        }
    }

    @Override
    public void ended(Notification notification) {
        removals.ended(notification);
    }

    @Override
    public long removedAtMs(ItemKey key) {
        return removals.atMs(key);
    }

    @Override
    public long timeOfChange(ItemKey key, long lastMs, long nowMs) {
        return Math.max(nowMs, 1 + (lastMs == 0 ? removals.atMs(key) : lastMs));
    }
}
