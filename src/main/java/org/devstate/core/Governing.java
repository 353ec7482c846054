package org.devstate.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.access.Access;
import org.devstate.core.access.Policy;
import org.devstate.core.access.PolicyWriter;
import org.devstate.core.access.Reach;
import org.devstate.core.access.Rule;
import org.devstate.core.admin.Sites;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.notices.SiteNotices;
import org.devstate.core.protocol.Event;
import org.devstate.core.state.StateTable;
import org.devstate.core.store.Change;

/**
 * Puts another policy in force, at once: a receiver that may no longer know an entry is told that it is gone, one that may from
 * now on is told it. Thread-safe.
 */
final class Governing implements Sites {

    private final Access access;
    private final StateTable table;
    private final EntryRemover remover;
    private final Subscriptions subscriptions;
    private final MailboxCorrector corrector;
    private final Consumer<Change> keeper;
    private final SiteNotices notices;
    private volatile Consumer<Predicate<Jid>> host = newcomers -> {};
    private boolean kept;

    Governing(
            Access access,
            StateTable table,
            EntryRemover remover,
            Subscriptions subscriptions,
            Consumer<Change> keeper,
            SiteNotices notices) {
        this.access = access;
        this.table = table;
        this.remover = remover;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.keeper = keeper;
        this.notices = notices;
    }

    /** See {@link DeviceStateService#tellOfNewcomers}. */
    void tellOfNewcomers(Consumer<Predicate<Jid>> told) {
        host = told;
    }

    @Override
    public Policy policy() {
        return access.now().policy();
    }

    @Override
    public synchronized boolean replace(Policy before, Policy after) {
        if (!policy().equals(before)) {
            return false;
        }
        if (!after.equals(before)) {
            change(after);
        }
        return true;
    }

    /** Puts {@code policy} in force, and keeps it over a restart. */
    synchronized void change(Policy policy) {
        keeper.accept(new Change.Policy(PolicyWriter.write(policy)));
        notices.changed(policy(), policy);
        kept = true;
        tellOfNewcomersSince(apply(policy));
    }

    /** Puts one in force that is kept already; nobody was refused because of the one before. */
    synchronized void restore(Policy policy) {
        kept = true;
        var unused = apply(policy);
    }

    /** Puts {@code policy} in force where none is kept; tells whether it is. Where it is already, that costs nothing. */
    synchronized boolean configure(Policy policy) {
        if (!kept && !policy.equals(policy())) {
            notices.changed(policy(), policy);
            tellOfNewcomersSince(apply(policy));
        }
        return !kept;
    }

    private void tellOfNewcomersSince(Reach before) {
        host.accept(jid -> access.admits(jid) && !before.admits(jid));
    }

    /**
     * Puts {@code policy} in force. First it decides of whatever is offered from now on, and of what is about to leave; then what
     * was told before is set right, entry by entry under its lock. So nothing that was let through before comes after that. At last,
     * what its rules drop is forgotten.
     *
     * @return what was in force before
     */
    private Reach apply(Policy policy) {
        Reach before;
        synchronized (access) { // nothing is removed meanwhile, see EntryRemover
            before = access.change(policy);
            Reach after = access.now();
            subscriptions.changePaces();
            Shifts shifts = new Shifts(before, after, subscriptions.sessions());
            table.forEachKey(NodeType.DEVICE_STATE, entry -> setRight(entry, before, shifts));
            table.mailboxes().forEachMailbox(entries -> setRight(entries, before, after, shifts));
            if (after.drops()) {
                remover.forget(entry -> isDropped(entry, after));
            }
        }
        subscriptions.flush();
        return before;
    }

    private static boolean isDropped(Entry entry, Reach reach) {
        return reach.action(entry.publisher(), entry.key().node(), entry.key().id()) == Rule.Action.DROP;
    }

    private void setRight(Entry entry, Reach before, Shifts shifts) {
        Shifts.Shift shift = shifts.of(entry);
        if (!shift.lost().isEmpty()) {
            Value lastWord = before.tuning(entry.publisher())
                    .terms()
                    .lastWord(entry.key().node());
            Event farewell = Event.farewell(entry.key(), lastWord, entry.publisher());
            subscriptions.offer(farewell, shift.lost()::contains);
        }
        if (!shift.gained().isEmpty() && !entry.isAwaited()) {
            subscriptions.offerKnown(Event.of(entry), shift.gained()::contains);
        }
    }

    private void setRight(List<Entry> entries, Reach before, Reach after, Shifts shifts) {
        Set<Jid> affected = new HashSet<>();
        for (Entry entry : entries) {
            Shifts.Shift shift = shifts.of(entry);
            affected.addAll(shift.lost());
            affected.addAll(shift.gained());
        }
        corrector.correct(
                affected,
                session -> MailboxCorrector.newest(entries, before, session),
                session -> MailboxCorrector.newest(entries, after, session),
                null);
    }
}
