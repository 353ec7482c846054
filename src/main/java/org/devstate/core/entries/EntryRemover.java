package org.devstate.core.entries;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.access.Access;
import org.devstate.core.access.Reach;
import org.devstate.core.access.Rule;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.protocol.Event;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.LastWord;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Removes entries from the table, and offers subscribers what holds from then on: of a device, the given state; of a mailbox, what
 * others still publish of it. Thread-safe.
 */
final class EntryRemover {

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final MailboxCorrector corrector;
    private final Access access;
    private final Clock clock;
    private final EntryListener listener;

    EntryRemover(StateTable table, Subscriptions subscriptions, Access access, EntryListener listener, Clock clock) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.access = access;
        this.clock = clock;
        this.listener = listener;
    }

    /** Removes entries in the name of {@code speaker}. */
    int remove(NodeType node, Predicate<Entry> which, Value lastState, Jid speaker) {
        LastWord last = new LastWord(lastState, speaker);
        return remove(node, which, entry -> last, speaker);
    }

    /** Removes entries, each in the name of its publisher: a device takes the offline state of its site. */
    int remove(NodeType node, Predicate<Entry> which) {
        return remove(node, which, this::inItsPublishersName, null);
    }

    private LastWord inItsPublishersName(Entry entry) {
        Value lastState =
                access.tuning(entry.publisher()).terms().lastWord(entry.key().node());
        return new LastWord(lastState, entry.publisher());
    }

    private int remove(
            NodeType node, Predicate<Entry> which, Function<Entry, LastWord> lastWord, @Nullable Jid speaker) {
        int[] count = new int[1];
        Consumer<ItemKey> onForget = key -> {
            count[0]++;
            listener.removed(key);
        };
        // Or a subscriber that the policy cuts off just now would hear neither of the end of that nor of the end of the
        // entry.
        synchronized (access) {
            if (node == NodeType.DEVICE_STATE) {
                table.forget(which, lastWord, clock.wallMs(), onForget, this::deviceEnded);
            } else {
                table.mailboxes().forget(which, onForget, (before, left) -> tell(before, left, speaker));
            }
        }
        return count[0];
    }

    /** Removes the entry of one key, if there is one, in the name of its publisher. */
    void remove(ItemKey key) {
        synchronized (access) {
            if (key.node() == NodeType.DEVICE_STATE) {
                table.forget(key, this::inItsPublishersName, clock.wallMs(), listener::removed, this::deviceEnded);
            } else {
                table.mailboxes()
                        .forget(
                                key.id(),
                                entry -> entry.key().equals(key),
                                listener::removed,
                                (before, left) -> tell(before, left, null));
            }
        }
    }

    /** Forgets entries that nobody but their publishers may know, which learn what counts of a mailbox without them. */
    void forget(Predicate<Entry> which) {
        table.mailboxes().forget(which, listener::removed, (before, left) -> correct(before, left, null));
        table.forgetQuietly(which, listener::removed);
    }

    /** Forgets {@code key} if the policy says that it is not to be stored. */
    void forgetIfDropped(ItemKey key) {
        Reach reach = access.now();
        Predicate<Entry> isDropped = entry ->
                entry.key().equals(key) && reach.action(entry.publisher(), key.node(), key.id()) == Rule.Action.DROP;
        if (key.node() == NodeType.MESSAGE_WAITING) {
            table.mailboxes()
                    .forget(key.id(), isDropped, listener::removed, (before, left) -> correct(before, left, null));
        } else {
            table.forgetQuietly(key, isDropped, listener::removed);
        }
    }

    /** Removes what the rules of the policy in force drop. */
    void forgetDropped() {
        Reach reach = access.now();
        forget(entry ->
                reach.action(entry.publisher(), entry.key().node(), entry.key().id()) == Rule.Action.DROP);
    }

    private void deviceEnded(Entry last) {
        Event notification = Event.farewell(last);
        listener.ended(notification);
        subscriptions.offer(notification);
    }

    /** @param speaker who removes them; {@code null} for the publisher of each */
    private void tell(List<Entry> before, List<Entry> left, @Nullable Jid speaker) {
        for (Entry entry : before) {
            if (!left.contains(entry) && !entry.value().equals(MailboxCounts.NONE)) {
                Jid from = speaker == null ? entry.publisher() : speaker;
                listener.ended(Event.farewell(new Entry(
                        entry.key(), MailboxCounts.NONE, from, entry.version(), clock.wallMs(), entry.epoch())));
            }
        }
        correct(before, left, speaker);
    }

    private void correct(List<Entry> before, List<Entry> left, @Nullable Jid speaker) {
        Reach reach = access.now();
        corrector.correct(
                subscriptions.sessions(),
                session -> MailboxCorrector.newest(before, reach, session),
                session -> MailboxCorrector.newest(left, reach, session),
                speaker);
    }
}
