package org.devstate.core.entries;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.core.access.Access;
import org.devstate.core.access.Policy;
import org.devstate.core.access.Reach;
import org.devstate.core.delivery.Snapshot;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.protocol.Event;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.StateTable;

/**
 * Owns "an entry changed". It alone changes the table, tells the {@link EntryListener} of each change, puts notifications into the outboxes
 * of those who may receive them, and lets them leave. Thread-safe.
 *
 * <p><b>Locks.</b> A change is recorded, and offered to the outboxes, with the lock of its entry held, so that the changes of one key reach
 * every outbox in their order. With that lock held, only the following is called: the {@link EntryListener}, the policy in force, and the
 * outboxes, which take locks of their own and never an entry's. A change of the policy holds {@link Access} in addition, before the locks of
 * entries; so does a removal. The host is never called with any of these locks held: notifications leave, and replies are sent, after them.
 */
public final class EntryRecorder {

    private final StateTable table;
    private final Subscriptions subscriptions;
    private final Access access;
    private final EntryListener listener;
    private final Clock clock;
    private final EntryRemover remover;

    /** @param listener sees each change, with the lock of the entry held */
    public EntryRecorder(
            StateTable table, Subscriptions subscriptions, Access access, EntryListener listener, Clock clock) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.access = access;
        this.listener = listener;
        this.clock = clock;
        this.remover = new EntryRemover(table, subscriptions, access, listener, clock);
    }

    /**
     * Stores a value. If its publisher has no room for a new entry, entries of servers that are gone make room.
     *
     * @param decidedBy the policy by which the value may be stored; if another one is in force by then that drops it, it is removed again
     * @param reply answers the publisher
     */
    public StateTable.Outcome store(Publication publication, Reach decidedBy, PublishReply reply) {
        StateTable.Outcome outcome = put(publication);
        if (outcome == StateTable.Outcome.FULL && makeRoom(publication)) {
            outcome = put(publication);
        }
        finish(publication.key(), decidedBy, outcome, reply);
        return outcome;
    }

    /**
     * Delivers a non-cachable value, which is never stored and always a change. It ends what was stored of the device: the entry takes the
     * offline state, or whoever subscribes later would receive a state that is over. An Asterisk that has received the stored state goes on
     * aggregating it, whatever non-cachable value follows, until it receives another cachable one: the offline state.
     *
     * @param decidedBy the policy by which the value may be delivered
     * @param reply answers the publisher
     */
    public void pass(Publication publication, Reach decidedBy, PublishReply reply) {
        Event event =
                Event.passing(publication.key(), publication.value(), publication.publisher(), publication.atMs());
        table.passBy(
                publication.key(),
                offlineState(publication.publisher(), NodeType.DEVICE_STATE),
                publication.atMs(),
                () -> {
                    listener.passed(event);
                    subscriptions.offer(event);
                },
                this::changedToOffline);
        finish(publication.key(), decidedBy, StateTable.Outcome.CHANGED, reply);
    }

    /** The policy may have changed after it was asked, and before the value was stored. */
    private void finish(ItemKey key, Reach decidedBy, StateTable.Outcome outcome, PublishReply reply) {
        if (access.now() != decidedBy) {
            remover.forgetIfDropped(key);
        }
        reply.send(outcome);
        if (outcome == StateTable.Outcome.CHANGED) {
            subscriptions.flush();
        }
    }

    private StateTable.Outcome put(Publication publication) {
        return table.put(
                publication.key(),
                publication.value(),
                publication.publisher(),
                publication.epoch(),
                publication.atMs(),
                this::changed);
    }

    private boolean makeRoom(Publication publication) {
        Jid publisher = publication.publisher();
        Value offlineState = offlineState(publisher, NodeType.DEVICE_STATE);
        return table.makeRoom(publisher, offlineState, publication.atMs(), this::ended);
    }

    private void changed(Entry entry) {
        record(entry, Event.of(entry));
    }

    private void changedToOffline(Entry entry) {
        record(entry, Event.farewell(entry));
    }

    private void record(Entry entry, Event notification) {
        listener.changed(entry, notification);
        subscriptions.offer(notification);
    }

    private void ended(Entry last) {
        Event notification = Event.farewell(last);
        listener.ended(notification);
        subscriptions.offer(notification);
    }

    /**
     * Removes entries. Subscribers receive what holds from then on: of a device, the last state that is given here; of a mailbox, what other
     * servers still publish of it.
     *
     * @param node the node of the entries
     * @param which the entries to remove; asked with the lock of the entry held
     * @param lastState the last state of a device; not sent if subscribers have received it already
     * @param publisher the session, or account, that withdraws them
     * @return how many were removed
     */
    public int withdraw(NodeType node, Predicate<Entry> which, Value lastState, Jid publisher) {
        int count = remover.remove(node, which, lastState, publisher);
        subscriptions.flush();
        return count;
    }

    /** As {@link #withdraw(NodeType, Predicate, Value, Jid)}, with the offline state of the publisher's site. */
    public int withdraw(NodeType node, Predicate<Entry> which, Jid publisher) {
        return withdraw(node, which, offlineState(publisher, node), publisher);
    }

    /** As {@link #withdraw(NodeType, Predicate, Value, Jid)}, each in the name of its publisher, with the offline state of its site. */
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
        return access.tuning(publisher).terms().lastWord(node);
    }

    /**
     * Gives the offline state to device entries that no session answers for any more.
     *
     * @param stale the entries; asked with the lock of the entry held
     * @return how many entries of each account changed
     */
    public Map<String, Integer> takeOffline(Predicate<Entry> stale, DeviceState offlineState) {
        Map<String, Integer> changed = new TreeMap<>();
        table.replaceIf(stale, offlineState, clock.wallMs(), entry -> {
            changed.merge(entry.publisher().bare(), 1, Integer::sum);
            changedToOffline(entry);
        });
        subscriptions.flush();
        return changed;
    }

    /** Removes, without notifying anybody, devices that were published before a restart and not since. */
    public void dropAwaited(Predicate<Entry> which) {
        var unused = table.dropAwaited(which);
    }

    /** Restores an entry from before a restart, unless a newer one is known; those of one mailbox are restored oldest first. */
    public void restore(Entry entry) {
        table.restore(entry);
    }

    /**
     * Puts a policy in force. From then on it decides what is offered and what leaves. Then subscribers that may no longer receive an entry
     * are sent its offline state, and subscribers that may receive it from now on are sent its value, entry by entry under its lock: so
     * nothing that the old policy let through comes after that. Last, entries that the new rules drop are removed.
     *
     * @return the policy that was in force before
     */
    public Reach apply(Policy policy) {
        Reach before;
        synchronized (access) { // nothing is removed meanwhile, see EntryRemover
            before = access.change(policy);
            subscriptions.changePaces();
            new PolicyTransition(before, access.now(), subscriptions).run(table);
            if (access.now().drops()) {
                remover.forgetDropped();
            }
        }
        subscriptions.flush();
        return before;
    }

    /** Starts to send {@code session}, which is subscribed to {@code node}, all entries of it that it may receive. */
    public void startSnapshot(Jid session, NodeType node, Supplier<Snapshot> snapshots) {
        subscriptions.begin(session, node, snapshots);
        subscriptions.flush(session);
    }

    /** As {@link #startSnapshot}, for all subscribers of {@code node}. */
    public void startSnapshots(NodeType node, Supplier<Snapshot> snapshots) {
        subscriptions.beginAll(node, snapshots);
        subscriptions.flush();
    }
}
