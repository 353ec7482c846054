package org.devstate.core.entries;

import java.util.List;
import java.util.function.Consumer;
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

    int remove(NodeType node, Predicate<Entry> which, Value lastState, Jid speaker) {
        // Or a subscriber that the policy cuts off just now would hear neither of the end of that nor of the end of the
        // entry.
        synchronized (access) {
            return removeNow(node, which, lastState, speaker);
        }
    }

    private int removeNow(NodeType node, Predicate<Entry> which, Value lastState, Jid speaker) {
        int[] count = new int[1];
        if (node == NodeType.DEVICE_STATE) {
            table.forget(
                    which,
                    lastState,
                    speaker,
                    clock.wallMs(),
                    key -> {
                        count[0]++;
                        listener.removed(key);
                    },
                    this::deviceEnded);
        } else {
            Consumer<ItemKey> onForget = key -> {
                count[0]++;
                listener.removed(key);
            };
            table.mailboxes().forget(which, onForget, (before, left) -> tell(before, left, speaker));
        }
        return count[0];
    }

    /** Forgets entries that nobody but their publishers may know, which learn what counts of a mailbox without them. */
    void forget(Predicate<Entry> which) {
        table.mailboxes().forget(which, listener::removed, (before, left) -> correct(before, left, null));
        table.forgetQuietly(which, listener::removed);
    }

    /** Forgets {@code key} if the policy says that it is not to be stored. */
    void forgetIfDropped(ItemKey key) {
        Reach reach = access.now();
        forget(entry ->
                entry.key().equals(key) && reach.action(entry.publisher(), key.node(), key.id()) == Rule.Action.DROP);
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

    private void tell(List<Entry> before, List<Entry> left, Jid speaker) {
        for (Entry entry : before) {
            if (!left.contains(entry) && !entry.value().equals(MailboxCounts.NONE)) {
                listener.ended(Event.farewell(new Entry(
                        entry.key(), MailboxCounts.NONE, speaker, entry.version(), clock.wallMs(), entry.epoch())));
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
