// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.core.delivery.Snapshot;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Rule;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.StateTable;

/**
 * Owns "an entry changed". With the other classes of this package, which only it uses, it alone changes the table, has the {@link
 * EntryListener} see each change, puts notifications into the outboxes of their audience, and lets them leave. Thread-safe.
 *
 * <p>A change is recorded, and offered to the outboxes, with the lock of its entry held, so that the changes of one key reach every outbox
 * in their order. Replies and notifications leave when that lock is released. The page {@code architecture.md} has the rule of what may be
 * called with which lock held.
 */
public final class EntryRecorder {

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final ActivePolicy activePolicy;
    private final EntryListener listener;
    private final Clock clock;
    private final EntryRemover remover;
    private final LateEndings lateEndings;
    private final EntryMerger merger;

    /** @param listener receives each change, with the lock of the entry held */
    public EntryRecorder(
            StateTable table,
            Subscriptions subscriptions,
            ActivePolicy activePolicy,
            EntryListener listener,
            Clock clock) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.activePolicy = activePolicy;
        this.listener = listener;
        this.clock = clock;
        this.remover = new EntryRemover(table, subscriptions, activePolicy, listener, clock);
        this.lateEndings = new LateEndings(table, subscriptions, activePolicy, remover, clock);
        this.merger = new EntryMerger(table, subscriptions, activePolicy, remover, lateEndings);
    }

    /**
     * Stores a value. If its publisher has no room for a new entry, entries of servers that are gone make room.
     *
     * @param decidedBy the policy by which the value may be stored; if another one is in force by then that drops it, it is removed again
     * @param reply answers the publisher
     */
    public StateTable.StoreOutcome store(Publication publication, CompiledPolicy decidedBy, PublishReply reply) {
        StateTable.StoreOutcome outcome = put(publication);
        boolean madeRoom = outcome == StateTable.StoreOutcome.FULL && makeRoom(publication);
        if (madeRoom) {
            outcome = put(publication);
        }
        removeIfDropped(publication, decidedBy);
        reply.send(outcome);
        // Subscribers may also have been offered the end of the entry that made room.
        if (outcome == StateTable.StoreOutcome.CHANGED || madeRoom) {
            subscriptions.flush();
        }
        return outcome;
    }

    /**
     * Delivers a non-cachable value, which is never stored and always a change. It ends the stored state of the device: the entry takes
     * the offline state. Otherwise a later subscriber would receive a state that is over. An Asterisk that has received the stored
     * state goes on aggregating it after any non-cachable value, until it receives another cachable one: the offline state.
     *
     * @param decidedBy the policy by which the value may be delivered
     * @param reply answers the publisher
     */
    public void deliverNonCachable(Publication publication, CompiledPolicy decidedBy, PublishReply reply) {
        Notification notification = Notification.nonCachable(
                publication.key(), publication.value(), publication.publisher(), publication.atMs());
        table.endByNonCachable(
                publication.key(),
                offlineState(publication.publisher(), NodeType.DEVICE_STATE),
                publication.atMs(),
                () -> {
                    listener.publishedNonCachable(notification);
                    subscriptions.offer(notification);
                },
                this::changedToOffline);
        removeIfDropped(publication, decidedBy);
        reply.send(StateTable.StoreOutcome.CHANGED);
        subscriptions.flush();
    }

    /**
     * The policy may have changed after it was asked, and before the value was stored. Only a value that the policy in force drops waits for
     * the end of the change; one that is changed later finds the value in the table.
     */
    private void removeIfDropped(Publication publication, CompiledPolicy decidedBy) {
        CompiledPolicy compiled = activePolicy.now();
        ItemKey key = publication.key();
        if (compiled != decidedBy
                && compiled.action(publication.publisher(), key.node(), key.id()) == Rule.Action.DROP) {
            remover.forgetIfDropped(key);
        }
    }

    private StateTable.StoreOutcome put(Publication publication) {
        ItemKey key = publication.key();
        StateTable.StoreOutcome outcome = table.put(publication, this::changed);
        if (outcome == StateTable.StoreOutcome.REPEATED && key.node() == NodeType.MESSAGE_WAITING) {
            table.mailboxes().read(key.id(), entries -> supersedeOlder(entries, publication));
        }
        return outcome;
    }

    /**
     * A session may repeat what another session of its account has published. From then on it must not receive anything older, which may
     * still be pending for it.
     */
    private void supersedeOlder(List<Entry> entries, Publication repetition) {
        for (Entry entry : entries) {
            if (!entry.value().equals(repetition.value())) {
                return; // published since
            }
            if (entry.key().equals(repetition.key())) {
                subscriptions.offer(Notification.again(entry), entry.publisher());
                return;
            }
        }
    }

    private boolean makeRoom(Publication publication) {
        Jid publisher = publication.publisher();
        Value offlineState = offlineState(publisher, NodeType.DEVICE_STATE);
        return remover.makeRoom(publisher, offlineState, publication.atMs());
    }

    private void changed(Entry entry) {
        record(
                entry,
                isOfflineState(entry, activePolicy) ? Notification.publishedOffline(entry) : Notification.of(entry));
    }

    /** Whether a device was published with the value that its site has for servers that have gone. */
    static boolean isOfflineState(Entry entry, ActivePolicy policy) {
        Value value = entry.value(); // few are looked up, because each publish does this
        return (value == DeviceState.UNKNOWN || value == DeviceState.INVALID)
                && value == policy.tuning(entry.publisher()).terms().offlineValue(NodeType.DEVICE_STATE);
    }

    private void changedToOffline(Entry entry) {
        record(entry, Notification.offline(entry));
    }

    private void record(Entry entry, Notification notification) {
        listener.changed(entry, notification);
        subscriptions.offer(notification);
    }

    /**
     * Removes entries that their publisher withdraws.
     *
     * @param reply answers the publisher, which may itself be notified of the remaining values
     */
    public void withdraw(Withdrawal withdrawal, WithdrawalReply reply) {
        for (NodeType node : withdrawal.nodes()) {
            var unused = remover.remove(node, withdrawal::includes, DeviceState.UNAVAILABLE, withdrawal.sender());
        }
        reply.send();
        subscriptions.flush();
    }

    /**
     * Removes entries in the name of one account. Subscribers are notified of the remaining value: the offline state of the account's
     * site for a device, and the newest entry of other servers for a mailbox.
     *
     * @param which the entries to remove; asked with the lock of the entry held
     * @return how many were removed
     */
    public int withdraw(NodeType node, Predicate<Entry> which, Jid account) {
        int count = remover.remove(node, which, offlineState(account, node), account);
        subscriptions.flush();
        return count;
    }

    /** As {@link #withdraw(NodeType, Predicate, Jid)}, each in the name of its publisher, with the offline state of its site. */
    public int withdraw(NodeType node, Predicate<Entry> which) {
        int count = remover.remove(node, which);
        subscriptions.flush();
        return count;
    }

    /** As {@link #withdraw(NodeType, Predicate)}, of one key; looks at no other. */
    public void withdraw(ItemKey key) {
        remover.remove(key);
        subscriptions.flush();
    }

    private Value offlineState(Jid publisher, NodeType node) {
        return activePolicy.tuning(publisher).terms().offlineValue(node);
    }

    /**
     * Gives the offline state to device entries that no session answers for any more.
     *
     * @param stale the entries; asked with the lock of the entry held
     * @return how many entries of each account changed
     */
    public Map<Account, Integer> takeOffline(Predicate<Entry> stale, DeviceState offlineState) {
        Map<Account, Integer> changed = new TreeMap<>();
        table.replaceIf(stale, offlineState, clock.wallMs(), entry -> {
            changed.merge(entry.publisher().account(), 1, Integer::sum);
            changedToOffline(entry);
        });
        subscriptions.flush();
        return changed;
    }

    /** Removes, without a notification, devices that were published before a restart and not since. */
    public void dropAwaited(Predicate<Entry> which) {
        remover.dropAwaited(which);
    }

    /**
     * Takes changes that other nodes of the cluster have accepted.
     *
     * @param changes given the merger, once
     */
    public void merge(ReplicatedChanges changes) {
        changes.mergeInto(merger);
        subscriptions.flush();
    }

    /** The table contains the entries of the other nodes of the cluster; those that arrive later may be older than the policy in force. */
    public void completed() {
        lateEndings.completed();
    }

    /** Restores an entry from before a restart, unless a newer one is known; those of one mailbox are restored oldest first. */
    public void restore(Entry entry) {
        table.restore(entry);
    }

    /**
     * Puts a policy in force. From then on it decides which notifications are offered and which leave. Then subscribers that may no
     * longer receive an entry are sent its offline state, and subscribers that may receive it from now on are sent its value, entry by
     * entry under its lock: so no notification that only the old policy allowed comes after that. Last, entries that the new rules drop
     * are removed. {@link #flush} then sends all that.
     *
     * @return the policy that was in force before
     */
    public CompiledPolicy apply(Policy policy) {
        CompiledPolicy before;
        synchronized (activePolicy) { // nothing is removed meanwhile, see EntryRemover
            lateEndings.replacing(activePolicy.now());
            before = activePolicy.change(policy);
            subscriptions.changePaces();
            new PolicyTransition(before, activePolicy.now(), subscriptions, remover.recentEndings(), listener)
                    .run(table);
            if (activePolicy.now().drops()) {
                remover.forgetDropped();
            }
        }
        return before;
    }

    /** Lets the notifications of a changed policy leave; to be called after {@link #apply}, with no lock held. */
    public void flush() {
        subscriptions.flush();
    }

    /**
     * Remembers entries that end for a session that is likely to subscribe: it was connected before a restart, or to another node of the
     * cluster.
     */
    public void expectSubscription(Jid session, NodeType node) {
        remover.recentEndings().expect(session, node);
    }

    /** The sessions for which entries that end are remembered, because they are subscribed to {@code node} or likely to subscribe. */
    public List<Jid> expectedSubscribers(NodeType node) {
        return remover.recentEndings().sessions(node);
    }

    /** Starts to send {@code session}, which is subscribed to {@code node}, all entries of it that it may receive. */
    public void startSnapshot(Jid session, NodeType node, Supplier<Snapshot> snapshots) {
        offerRecentEndings(session, node);
        subscriptions.begin(session, node, snapshots);
        subscriptions.flush(session);
    }

    private void offerRecentEndings(Jid session, NodeType node) {
        List<Notification> endings = remover.recentEndings().begin(session, node, clock.monotonicNanos());
        if (!endings.isEmpty()) {
            synchronized (activePolicy) {
                endings.forEach(ending -> remover.offerAgain(ending, session));
            }
        }
    }

    /** As {@link #startSnapshot}, for all subscribers of {@code node}. */
    public void startSnapshots(NodeType node, Supplier<Snapshot> snapshots) {
        subscriptions.beginAll(node, snapshots);
        subscriptions.flush();
    }
}
