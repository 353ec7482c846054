// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for each subscriber which entries were removed, or forbidden to it by the policy, since it subscribed last. It may not have
 * received that: it was away, its connection was about to break, or the notification was pending when it left. An Asterisk keeps what it has
 * received for as long as it runs, and the snapshot at its next login does not name what has ended. So it is notified at its next login, and
 * at further ones within {@value #SETTLED_MINUTES} minutes. At most {@value #MOST} endings are remembered, and {@value #MOST_SUBSCRIPTIONS}
 * subscriptions; beyond that, those that were made first are forgotten. Thread-safe.
 */
final class RecentEndings {

    /** The most endings, of all subscriptions together. */
    static final int MOST = 100_000;

    /** How long after a login a subscriber may still not have received what it was sent then. */
    static final int SETTLED_MINUTES = 10;

    private static final long SETTLED_NANOS = TimeUnit.MINUTES.toNanos(SETTLED_MINUTES);
    private static final long NEVER = Long.MIN_VALUE;

    /** The most subscriptions, ended ones included. */
    static final int MOST_SUBSCRIPTIONS = 10_000;

    private record NodeSubscriber(Jid session, NodeType node) {}

    private static final class EntryEnding {
        private final Notification notification;
        private long sentAtNanos = NEVER;

        EntryEnding(Notification notification) {
            this.notification = notification;
        }
    }

    private final Map<NodeSubscriber, Map<ItemKey, EntryEnding>> endings = new LinkedHashMap<>();
    private int count;

    /** A subscription begins; returns what its session may have missed. */
    synchronized List<Notification> begin(Jid session, NodeType node, long nowNanos) {
        expect(session, node);
        Map<ItemKey, EntryEnding> known = endings.getOrDefault(new NodeSubscriber(session, node), Map.of());
        int before = known.size();
        known.values().removeIf(ending -> isSettled(ending, nowNanos));
        count -= before - known.size();
        List<Notification> missed = new ArrayList<>();
        known.values().forEach(ending -> {
            ending.sentAtNanos = ending.sentAtNanos == NEVER ? nowNanos : ending.sentAtNanos;
            missed.add(ending.notification);
        });
        return missed;
    }

    private static boolean isSettled(EntryEnding ending, long nowNanos) {
        return ending.sentAtNanos != NEVER && nowNanos - ending.sentAtNanos >= SETTLED_NANOS;
    }

    /** A subscription is likely to begin: what ends until then is remembered. */
    synchronized void expect(Jid session, NodeType node) {
        endings.computeIfAbsent(new NodeSubscriber(session, node), subscription -> new LinkedHashMap<>());
        forgetFirst();
    }

    /** The sessions that are subscribed to {@code node}, were so, or are expected to be. */
    synchronized List<Jid> sessions(NodeType node) {
        return endings.keySet().stream()
                .filter(subscription -> subscription.node() == node)
                .map(NodeSubscriber::session)
                .toList();
    }

    /** Remembers the ending of a device for those of {@code affected} that are subscribed, were so, or are expected to be. */
    synchronized void note(Notification ending, Collection<Jid> affected) {
        for (Jid session : affected) {
            Map<ItemKey, EntryEnding> known =
                    endings.get(new NodeSubscriber(session, ending.key().node()));
            if (known != null) {
                note(ending, session, known);
            }
        }
        forgetFirst();
    }

    /**
     * Remembers the ending of a device.
     *
     * @param affected the sessions that might receive the device until now; asked with a lock held
     */
    synchronized void note(Notification ending, SessionFilter affected) {
        endings.forEach((subscription, known) -> {
            if (subscription.node() == ending.key().node() && affected.includes(subscription.session())) {
                note(ending, subscription.session(), known);
            }
        });
        forgetFirst();
    }

    /**
     * Remembers the ending of a mailbox for the sessions for which no entry counts any more.
     *
     * @param before the entry that counted for a session until now
     * @param now the entry that counts for it from now on
     * @param publisherOf in whose name the entry that counted before ends
     */
    synchronized void noteMailbox(
            Function<Jid, @Nullable Entry> before,
            Function<Jid, @Nullable Entry> now,
            Function<Entry, Jid> publisherOf) {
        endings.forEach((subscription, known) -> {
            Jid session = subscription.session();
            Entry last = subscription.node() == NodeType.MESSAGE_WAITING ? before.apply(session) : null;
            if (last != null && now.apply(session) == null) {
                note(Notification.offline(last.key(), MailboxCounts.NONE, publisherOf.apply(last)), session, known);
            }
        });
        forgetFirst();
    }

    private void note(Notification ending, Jid session, Map<ItemKey, EntryEnding> known) {
        if (!ending.publisher().equals(session) && known.put(ending.key(), new EntryEnding(ending)) == null) {
            count++;
        }
    }

    private void forgetFirst() {
        if (!isOverLimit()) {
            return;
        }
        for (NodeSubscriber subscription : List.copyOf(endings.keySet())) {
            if (isOverLimit()) {
                Map<ItemKey, EntryEnding> forgotten = endings.remove(subscription);
                count -= forgotten == null ? 0 : forgotten.size();
            }
        }
    }

    private boolean isOverLimit() {
        return count > MOST || endings.size() > MOST_SUBSCRIPTIONS;
    }
}
