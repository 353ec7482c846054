// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
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
    private final AudienceChanges devices;
    private final AudienceChanges mailboxes;

    /** Whether the site of an account is another one. */
    private final Map<Account, Boolean> moved = new HashMap<>();

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
        List<Jid> subscribers = subscriptions.sessions();
        this.devices = new AudienceChanges(before, after, subscribers, recentEndings.sessions(NodeType.DEVICE_STATE));
        this.mailboxes =
                new AudienceChanges(before, after, subscribers, recentEndings.sessions(NodeType.MESSAGE_WAITING));
        this.recentEndings = recentEndings;
        this.listener = listener;
    }

    /**
     * Visits the entries that there are, in slices. One that is stored later needs no visit: its publisher took the lock after the policy was
     * changed, so it was offered to those that the new policy allows, and to no other.
     */
    void run(StateTable table) {
        table.forEachDeviceInSlices(this::offerDevice);
        table.mailboxes().forEachMailboxInSlices(this::offerMailbox);
    }

    private void renewIfMoved(Entry entry) {
        if (moved.computeIfAbsent(entry.publisher().account(), account -> isMoved(entry.publisher()))) {
            listener.renewed(entry);
        }
    }

    private boolean isMoved(Jid publisher) {
        return !siteName(before, publisher).equals(siteName(after, publisher));
    }

    private static String siteName(CompiledPolicy policy, Jid publisher) {
        Site site = policy.siteOf(publisher);
        return site == null ? "" : site.name();
    }

    private void offerDevice(Entry entry) {
        if (!entry.isAwaited()) {
            renewIfMoved(entry);
        }
        AudienceChanges.Shift shift = devices.of(entry);
        if (!shift.lost().isEmpty() || !shift.lostByExpected().isEmpty()) {
            Value offlineValue = before.tuning(entry.publisher())
                    .terms()
                    .offlineValue(entry.key().node());
            Notification offline = Notification.offline(entry.key(), offlineValue, entry.publisher());
            shift.lost().forEach(session -> subscriptions.offer(offline, session));
            recentEndings.note(offline, shift.lostByExpected());
        }
        if (!shift.gained().isEmpty() && !entry.isAwaited()) {
            Notification known = Notification.again(entry);
            shift.gained().forEach(session -> subscriptions.offerKnown(known, session));
        }
    }

    private void offerMailbox(List<Entry> entries) {
        Set<Jid> affected = new HashSet<>();
        Set<Jid> lostByExpected = new HashSet<>();
        for (Entry entry : entries) {
            renewIfMoved(entry);
            AudienceChanges.Shift shift = mailboxes.of(entry);
            affected.addAll(shift.lost());
            affected.addAll(shift.gained());
            lostByExpected.addAll(shift.lostByExpected());
        }
        Function<Jid, @Nullable Entry> last = session -> MailboxCorrector.newest(entries, before, session);
        Function<Jid, @Nullable Entry> newest = session -> MailboxCorrector.newest(entries, after, session);
        corrector.correct(affected, last, newest, Entry::publisher);
        if (!lostByExpected.isEmpty()) {
            recentEndings.noteMailbox(
                    session -> lostByExpected.contains(session) ? last.apply(session) : null, newest, Entry::publisher);
        }
    }
}
