// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.model.Value;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.FinalValue;
import org.devstate.core.state.StateTable;

/**
 * Ends entries for subscribers that have received them at another node of the cluster, if this node learns of the entry, or of the
 * subscription, only after the entry was removed or a change of the policy has forbidden it. Such a subscriber may be connected here by
 * now, or soon. Thread-safe.
 */
final class LateEndings {

    /** How much later, in milliseconds, a node may learn of a change of the policy, or of a subscription, at another one. */
    static final long MOST_LAG_MS = 15_000;

    /** The most former policies that are remembered; beyond that, the oldest ones are forgotten. */
    static final int MOST_POLICIES = 10;

    private static final long RECENT_MS = TimeUnit.MINUTES.toMillis(RecentEndings.SETTLED_MINUTES);

    /** For counts that are not known, but may have lit a lamp. */
    private static final MailboxCounts LIT = new MailboxCounts(1, 0);

    /** @param replacedAtMs until when it was in force here, in milliseconds since the epoch */
    private record FormerPolicy(CompiledPolicy compiled, long replacedAtMs) {}

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final ActivePolicy activePolicy;
    private final EntryRemover remover;
    private final Clock clock;
    private volatile List<FormerPolicy> formerPolicies = List.of();
    private volatile boolean isComplete;

    LateEndings(
            StateTable table,
            Subscriptions subscriptions,
            ActivePolicy activePolicy,
            EntryRemover remover,
            Clock clock) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.activePolicy = activePolicy;
        this.remover = remover;
        this.clock = clock;
    }

    /** The table contains the entries of the other nodes. A policy that is replaced before then was in force at no other node. */
    void completed() {
        isComplete = true;
    }

    /** Another policy is about to be put in force; called with the lock of the policy held. */
    void replacing(CompiledPolicy before) {
        if (isComplete) {
            List<FormerPolicy> recent = new ArrayList<>(formerPolicies);
            recent.removeIf(former -> !isWithin(RECENT_MS, former.replacedAtMs));
            recent.add(new FormerPolicy(before, clock.wallMs()));
            formerPolicies = List.copyOf(recent.subList(Math.max(0, recent.size() - MOST_POLICIES), recent.size()));
        }
    }

    private boolean isWithin(long lengthMs, long atMs) {
        return clock.wallMs() - atMs < lengthMs;
    }

    /** Does something for each policy that was replaced within {@code lengthMs}, and since {@code sinceMs}, at the slowest node. */
    private void forEachFormer(long lengthMs, long sinceMs, Consumer<CompiledPolicy> action) {
        for (FormerPolicy former : formerPolicies) {
            if (former.replacedAtMs + MOST_LAG_MS >= sinceMs && isWithin(lengthMs, former.replacedAtMs)) {
                action.accept(former.compiled);
            }
        }
    }

    /** A device that was not known here has arrived; called with its lock held. */
    void deviceArrived(Entry entry) {
        forEachFormer(RECENT_MS, entry.changedAtMs(), former -> forbid(entry, former, session -> true));
    }

    /**
     * An entry of a mailbox that was not known here has arrived; called with the lock of the mailbox held.
     *
     * @param now the entries of the mailbox from now on, the newest first
     */
    void mailboxArrived(Entry entry, List<Entry> now) {
        forEachFormer(RECENT_MS, entry.changedAtMs(), former -> correct(now, now, former, session -> true));
    }

    /**
     * A session is subscribed at another node. What it may have received there under a former policy has ended for it here, too.
     *
     * @param session it may be connected here by now
     */
    void subscribed(Jid session, NodeType node) {
        forEachFormer(MOST_LAG_MS, 0, former -> {
            if (node == NodeType.DEVICE_STATE) {
                table.forEachKey(node, entry -> forbid(entry, former, session::equals));
            } else {
                table.mailboxes().forEachMailbox(entries -> correct(entries, entries, former, session::equals));
            }
        });
    }

    /**
     * An entry was removed elsewhere, which this node may not know, because its last change and its end have arrived as one.
     *
     * @param atMs when it was removed, in milliseconds since the epoch; one that is no longer recent has been offered where the
     *     subscriber was
     * @param last the last value of a device, and in whose name the entry ended
     * @param affected the subscribers that may not have been notified of that
     */
    void removed(ItemKey key, long atMs, FinalValue last, SessionFilter affected) {
        if (!isWithin(RECENT_MS, atMs)) {
            return;
        }
        synchronized (activePolicy) {
            if (key.node() == NodeType.MESSAGE_WAITING) {
                table.mailboxes().read(key.id(), left -> mailboxRemoved(key, atMs, last.publisher(), left, affected));
            } else if (table.get(key) == null) {
                Notification ending = Notification.offline(key, last.value(), last.publisher());
                end(
                        ending,
                        session ->
                                affected.includes(session) && audience(ending).includes(session));
                forEachFormer(RECENT_MS, 0, former -> end(ending, lost(ending, former, affected)));
            }
        }
    }

    private void mailboxRemoved(ItemKey key, long atMs, Jid publisher, List<Entry> left, SessionFilter affected) {
        if (left.stream().noneMatch(entry -> entry.key().equals(key))) {
            Publication unknown = new Publication(key, LIT, publisher, Entry.NO_LEASE, atMs);
            List<Entry> before = new ArrayList<>(left);
            before.add(0, new Entry(unknown, 0));
            correct(before, left, activePolicy.now(), affected);
            forEachFormer(RECENT_MS, 0, former -> correct(before, left, former, affected));
        }
    }

    private void forbid(Entry entry, CompiledPolicy former, SessionFilter affected) {
        Value offlineValue = former.tuning(entry.publisher()).terms().offlineValue(NodeType.DEVICE_STATE);
        Notification ending = Notification.offline(entry.key(), offlineValue, entry.publisher());
        end(ending, lost(ending, former, affected));
    }

    private SessionFilter lost(Notification ending, CompiledPolicy former, SessionFilter affected) {
        Audience before = audience(former, ending);
        Audience now = audience(ending);
        return session -> affected.includes(session) && before.includes(session) && !now.includes(session);
    }

    private Audience audience(Notification ending) {
        return audience(activePolicy.now(), ending);
    }

    private static Audience audience(CompiledPolicy policy, Notification ending) {
        ItemKey key = ending.key();
        return policy.audience(ending.publisher(), key.node(), key.id());
    }

    private void end(Notification ending, SessionFilter affected) {
        remover.recentEndings().note(ending, affected);
        subscriptions.offer(ending, affected);
    }

    private void correct(List<Entry> before, List<Entry> now, CompiledPolicy former, SessionFilter affected) {
        CompiledPolicy present = activePolicy.now();
        remover.correct(
                session -> affected.includes(session) ? MailboxCorrector.newest(before, former, session) : null,
                session -> affected.includes(session) ? MailboxCorrector.newest(now, present, session) : null,
                Entry::publisher);
    }
}
