// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Site;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

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
    private final AudienceChanges allShifts;
    private final RecentEndings recentEndings;
    private final EntryListener listener;

    /**
     * @param recentEndings remembers what subscribers lose, those that are away included
     * @param listener sees the entries whose site is another one
     */
    PolicyTransition(
            CompiledPolicy before,
            CompiledPolicy after,
            Subscriptions subscriptions,
            RecentEndings recentEndings,
            EntryListener listener) {
        this.before = before;
        this.after = after;
        this.subscriptions = subscriptions;
        this.corrector = new MailboxCorrector(subscriptions);
        this.shifts = new AudienceChanges(before, after, subscriptions.sessions());
        this.allShifts = new AudienceChanges(before, after, recentEndings.sessions(NodeType.DEVICE_STATE));
        this.recentEndings = recentEndings;
        this.listener = listener;
    }

    void run(StateTable table) {
        table.forEachKey(NodeType.DEVICE_STATE, this::offerDevice);
        table.mailboxes().forEachMailbox(this::offerMailbox);
    }

    private void renewIfMoved(Entry entry) {
        if (!siteName(before, entry).equals(siteName(after, entry))) {
            listener.renewed(entry);
        }
    }

    private static String siteName(CompiledPolicy policy, Entry entry) {
        Site site = policy.siteOf(entry.publisher());
        return site == null ? "" : site.name();
    }

    private void offerDevice(Entry entry) {
        if (!entry.isAwaited()) {
            renewIfMoved(entry);
        }
        AudienceChanges.Shift shift = shifts.of(entry);
        Set<Jid> lostByAny = allShifts.of(entry).lost();
        if (!shift.lost().isEmpty() || !lostByAny.isEmpty()) {
            Value offlineValue = before.tuning(entry.publisher())
                    .terms()
                    .offlineValue(entry.key().node());
            Notification offline = Notification.offline(entry.key(), offlineValue, entry.publisher());
            subscriptions.offer(offline, shift.lost()::contains);
            recentEndings.note(offline, lostByAny::contains);
        }
        if (!shift.gained().isEmpty() && !entry.isAwaited()) {
            subscriptions.offerKnown(Notification.again(entry), shift.gained()::contains);
        }
    }

    private void offerMailbox(List<Entry> entries) {
        Set<Jid> affected = new HashSet<>();
        for (Entry entry : entries) {
            renewIfMoved(entry);
            AudienceChanges.Shift shift = shifts.of(entry);
            affected.addAll(shift.lost());
            affected.addAll(shift.gained());
        }
        Function<Jid, @Nullable Entry> last = session -> MailboxCorrector.newest(entries, before, session);
        Function<Jid, @Nullable Entry> newest = session -> MailboxCorrector.newest(entries, after, session);
        corrector.correct(affected, last, newest, Entry::publisher);
        recentEndings.noteMailbox(last, newest, Entry::publisher);
    }
}
