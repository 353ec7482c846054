// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
import org.devstate.core.policy.Rule;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.FinalValue;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Removes entries from the table, and notifies subscribers of the remaining value: the given state for a device, and the newest entry
 * of others for a mailbox. Thread-safe.
 *
 * <p>Every removal holds the lock of {@link ActivePolicy}. Otherwise a subscriber that a change of the policy just cuts off would receive no
 * end: not that of the change, which does not find the entry any more, nor that of the removal, which asks the new policy for its audience.
 */
final class EntryRemover {

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final MailboxCorrector corrector;
    private final ActivePolicy activePolicy;
    private final Clock clock;
    private final EntryListener listener;
    private final RecentEndings recentEndings = new RecentEndings();

    EntryRemover(
            StateTable table,
            Subscriptions subscriptions,
            ActivePolicy activePolicy,
            EntryListener listener,
            Clock clock) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.activePolicy = activePolicy;
        this.clock = clock;
        this.listener = listener;
    }

    /** Sees each removal. */
    EntryListener listener() {
        return listener;
    }

    /** What has ended for each subscriber since it subscribed last. */
    RecentEndings recentEndings() {
        return recentEndings;
    }

    /** Offers {@code session} an ending that it may have missed, unless it may receive a value of the same device or mailbox by now. */
    void offerAgain(Notification ending, Jid session) {
        CompiledPolicy compiled = activePolicy.now();
        ItemKey key = ending.key();
        Consumer<List<Entry>> offer = entries -> {
            if (MailboxCorrector.newest(entries, compiled, session) == null) {
                subscriptions.offer(ending, session);
            }
        };
        if (key.node() == NodeType.MESSAGE_WAITING) {
            table.mailboxes().read(key.id(), offer);
        } else {
            table.read(key, entry -> offer.accept(entry == null ? List.of() : List.of(entry)));
        }
    }

    /** Removes entries in the name of {@code publisher}. */
    int remove(NodeType node, Predicate<Entry> which, Value lastState, Jid publisher) {
        FinalValue last = new FinalValue(lastState, publisher);
        return remove(node, which, entry -> last);
    }

    /** Removes entries, each in the name of its account: a device takes the offline state of its site. */
    int remove(NodeType node, Predicate<Entry> which) {
        return remove(node, which, this::inNameOfAccount);
    }

    /** The same last values, each also remembered for subscribers that do not receive it. */
    private Function<Entry, FinalValue> noting(Function<Entry, FinalValue> finalValue) {
        return entry -> {
            FinalValue last = finalValue.apply(entry);
            note(entry, Notification.offline(entry.key(), last.value(), last.publisher()));
            return last;
        };
    }

    /** As {@link StateTable#makeRoom}. */
    boolean makeRoom(Jid publisher, Value offlineState, long nowMs) {
        synchronized (activePolicy) {
            return table.makeRoom(publisher, offlineState, nowMs, this::forgottenForRoom, this::endedForRoom);
        }
    }

    /** As {@link StateTable#dropAwaited}. */
    void dropAwaited(Predicate<Entry> which) {
        synchronized (activePolicy) {
            var unused = table.dropAwaited(which);
        }
    }

    /** Remembers that a device has ended. Its value is an offline state, which subscribers have received. */
    private void forgottenForRoom(Entry entry) {
        note(entry, Notification.offline(entry));
    }

    /** As {@link #ended}, of a device that was awaited; it is remembered. */
    private void endedForRoom(Entry last) {
        forgottenForRoom(last);
        ended(last);
    }

    private void note(Entry entry, Notification ending) {
        note(entry.key(), entry.publisher(), ending);
    }

    private void note(ItemKey key, Jid publisher, Notification ending) {
        Audience audience = activePolicy.now().audience(publisher, key.node(), key.id());
        SessionFilter affected = session -> !publisher.equals(session) && audience.includes(session);
        recentEndings.note(ending, affected);
        subscriptions.offerToThoseThatAwait(ending, affected);
    }

    private FinalValue inNameOfAccount(Entry entry) {
        return new FinalValue(
                activePolicy
                        .tuning(entry.publisher())
                        .terms()
                        .offlineValue(entry.key().node()),
                account(entry));
    }

    /** Not the session: it would not receive what it seems to have published itself. */
    private static Jid account(Entry entry) {
        return entry.publisher().account().jid();
    }

    private int remove(NodeType node, Predicate<Entry> which, Function<Entry, FinalValue> finalValue) {
        synchronized (activePolicy) {
            return node == NodeType.DEVICE_STATE
                    ? table.forget(which, noting(finalValue), clock.wallMs(), this::ended)
                    : table.mailboxes().forget(which, (before, left) -> notifyOfRemoval(before, left, finalValue));
        }
    }

    /** Removes the entry of one key, if there is one, in the name of its account. */
    void remove(ItemKey key) {
        synchronized (activePolicy) {
            if (key.node() == NodeType.DEVICE_STATE) {
                table.forget(key, noting(this::inNameOfAccount), clock.wallMs(), this::ended);
            } else {
                var unused = table.mailboxes()
                        .forget(
                                key.id(),
                                entry -> entry.key().equals(key),
                                (before, left) -> notifyOfRemoval(before, left, this::inNameOfAccount));
            }
        }
    }

    /**
     * Removes the entry of one key, as another node of the cluster has done.
     *
     * @param which whether to remove it; asked with the lock of the entry held
     * @param given the last value of a device; {@code null} for the offline state of its site
     */
    void removeElsewhere(ItemKey key, Predicate<Entry> which, @Nullable FinalValue given) {
        synchronized (activePolicy) {
            Function<Entry, FinalValue> last = entry -> given == null ? inNameOfAccount(entry) : given;
            if (key.node() == NodeType.DEVICE_STATE) {
                table.forgetElsewhere(key, which, noting(last), this::ended);
            } else {
                table.mailboxes().forgetElsewhere(key, which, (before, left) -> notifyOfRemoval(before, left, last));
            }
        }
    }

    /** Notifies subscribers of the entry that counts for a mailbox, if that is another one than before. */
    void correctMailbox(List<Entry> before, List<Entry> now) {
        correct(before, now, Entry::publisher);
    }

    /**
     * Removes entries that only their publishers may receive; these are notified of the entry that counts for a mailbox without them.
     */
    private void forget(Predicate<Entry> which) {
        var unused = table.mailboxes().forget(which, this::correctDropped);
        table.forgetQuietly(which);
    }

    /** Forgets {@code key} if the policy drops it. */
    void forgetIfDropped(ItemKey key) {
        synchronized (activePolicy) {
            CompiledPolicy compiled = activePolicy.now();
            Predicate<Entry> isDropped = entry -> entry.key().equals(key) && isDropped(entry, compiled);
            if (key.node() == NodeType.MESSAGE_WAITING) {
                var unused = table.mailboxes().forget(key.id(), isDropped, this::correctDropped);
            } else {
                table.forgetQuietly(key, isDropped);
            }
        }
    }

    /** Removes the entries that the policy in force drops; called by a change of the policy, which holds the lock. */
    void forgetDropped() {
        CompiledPolicy compiled = activePolicy.now();
        forget(entry -> isDropped(entry, compiled));
    }

    private static boolean isDropped(Entry entry, CompiledPolicy compiled) {
        ItemKey key = entry.key();
        return compiled.action(entry.publisher(), key.node(), key.id()) == Rule.Action.DROP;
    }

    /** Offers the last value of a device whose entry was removed. */
    private void ended(Entry last) {
        Notification notification = Notification.offline(last);
        listener.ended(notification);
        subscriptions.offer(notification);
    }

    /** @param finalValue the notification for the end of an entry */
    private void notifyOfRemoval(List<Entry> before, List<Entry> left, Function<Entry, FinalValue> finalValue) {
        for (Entry entry : before) {
            if (left.contains(entry)) {
                continue;
            }
            if (entry.value().equals(MailboxCounts.NONE)) {
                listener.removedQuietly(entry);
            } else {
                Jid from = finalValue.apply(entry).publisher();
                listener.ended(Notification.offline(new Entry(
                        new Publication(entry.key(), MailboxCounts.NONE, from, entry.epoch(), clock.wallMs()),
                        entry.version())));
            }
        }
        correct(before, left, entry -> finalValue.apply(entry).publisher());
    }

    /**
     * As {@link #correct}, of entries that the policy drops. If nothing is left for a session but what it has published itself, it has been
     * notified of that value when the policy changed: that may be pending, and must leave.
     */
    private void correctDropped(List<Entry> before, List<Entry> left) {
        CompiledPolicy compiled = activePolicy.now();
        before.stream().filter(entry -> !left.contains(entry)).forEach(listener::removedQuietly);
        correct(
                session -> {
                    Entry last = MailboxCorrector.newest(before, compiled, session);
                    boolean isOwn = last != null && last.publisher().equals(session);
                    return isOwn && MailboxCorrector.newest(left, compiled, session) == null ? null : last;
                },
                session -> MailboxCorrector.newest(left, compiled, session),
                Entry::publisher);
    }

    private void correct(List<Entry> before, List<Entry> left, Function<Entry, Jid> publisherOf) {
        CompiledPolicy compiled = activePolicy.now();
        correct(
                session -> MailboxCorrector.newest(before, compiled, session),
                session -> MailboxCorrector.newest(left, compiled, session),
                publisherOf);
    }

    /** Notifies each subscriber of the entry that counts for it in a mailbox, if that is another one than before, and remembers that. */
    void correct(
            Function<Jid, @Nullable Entry> last,
            Function<Jid, @Nullable Entry> newest,
            Function<Entry, Jid> publisherOf) {
        corrector.correct(subscriptions.sessions(), last, newest, publisherOf);
        recentEndings.noteMailbox(last, newest, publisherOf);
    }
}
