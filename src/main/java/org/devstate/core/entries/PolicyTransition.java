package org.devstate.core.entries;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.access.Reach;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.protocol.Event;
import org.devstate.core.state.StateTable;

/** Offers subscribers what a change of the policy means to them: entries that they gain, and the end of those that they lose. Not thread-safe. */
final class PolicyTransition {

    private final Reach before;
    private final Reach after;
    private final Subscriptions subscriptions;
    private final MailboxCorrector corrector;
    private final Shifts shifts;

    PolicyTransition(Reach before, Reach after, Subscriptions subscriptions) {
        this.before = before;
        this.after = after;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.shifts = new Shifts(before, after, subscriptions.sessions());
    }

    void run(StateTable table) {
        table.forEachKey(NodeType.DEVICE_STATE, this::offerDevice);
        table.mailboxes().forEachMailbox(this::offerMailbox);
    }

    private void offerDevice(Entry entry) {
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

    private void offerMailbox(List<Entry> entries) {
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
