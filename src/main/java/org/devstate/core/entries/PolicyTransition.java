package org.devstate.core.entries;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.state.StateTable;

/**
 * Notifies subscribers after a change of the policy: of entries that they gain, and of the end of those that they lose. Not
 * thread-safe.
 */
final class PolicyTransition {

    private final CompiledPolicy before;
    private final CompiledPolicy after;
    private final Subscriptions subscriptions;
    private final MailboxCorrector corrector;
    private final AudienceChanges shifts;

    PolicyTransition(CompiledPolicy before, CompiledPolicy after, Subscriptions subscriptions) {
        this.before = before;
        this.after = after;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.shifts = new AudienceChanges(before, after, subscriptions.sessions());
    }

    void run(StateTable table) {
        table.forEachKey(NodeType.DEVICE_STATE, this::offerDevice);
        table.mailboxes().forEachMailbox(this::offerMailbox);
    }

    private void offerDevice(Entry entry) {
        AudienceChanges.Shift shift = shifts.of(entry);
        if (!shift.lost().isEmpty()) {
            Value offlineValue = before.tuning(entry.publisher())
                    .terms()
                    .offlineValue(entry.key().node());
            Notification offline = Notification.offline(entry.key(), offlineValue, entry.publisher());
            subscriptions.offer(offline, shift.lost()::contains);
        }
        if (!shift.gained().isEmpty() && !entry.isAwaited()) {
            subscriptions.offerKnown(Notification.of(entry), shift.gained()::contains);
        }
    }

    private void offerMailbox(List<Entry> entries) {
        Set<Jid> affected = new HashSet<>();
        for (Entry entry : entries) {
            AudienceChanges.Shift shift = shifts.of(entry);
            affected.addAll(shift.lost());
            affected.addAll(shift.gained());
        }
        corrector.correct(
                affected,
                session -> MailboxCorrector.newest(entries, before, session),
                session -> MailboxCorrector.newest(entries, after, session),
                Entry::publisher);
    }
}
