// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Value;
import org.devstate.core.policy.CompiledPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Notifies subscribers of the counting entry of a mailbox when their former one was withdrawn or the policy has changed. An Asterisk
 * shows the last notification, so each subscriber must receive the newest entry that is left for it; only if none is, an empty mailbox.
 * Thread-safe; called with the lock of the mailbox held.
 */
public record MailboxCorrector(Subscriptions subscriptions) {

    /** The newest of a mailbox's entries that {@code session} may receive, or has published itself; {@code null} if there is none. */
    public static @Nullable Entry newest(List<Entry> entries, CompiledPolicy compiled, Jid session) {
        for (Entry entry : entries) {
            if (entry.publisher().equals(session)
                    || compiled.audience(
                                    entry.publisher(),
                                    entry.key().node(),
                                    entry.key().id())
                            .includes(session)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Notifies each of {@code sessions} of the entry that counts now, if that is another one than before.
     *
     * @param before the entry that counted for a session until now
     * @param now the entry that counts for it from now on
     * @param publisherOf the publisher of the notification that replaces the former one
     */
    void correct(
            Collection<Jid> sessions,
            Function<Jid, @Nullable Entry> before,
            Function<Jid, @Nullable Entry> now,
            Function<Entry, Jid> publisherOf) {
        Map<Correction, Notification> notifications = new HashMap<>(); // each is the same for all sessions
        for (Jid session : sessions) {
            Entry last = before.apply(session);
            Entry newest = now.apply(session);
            boolean isEmpty = newest == null && last != null && last.value().equals(MailboxCounts.NONE);
            if (Objects.equals(last, newest) || isEmpty) {
                continue;
            }
            if (last != null && (newest == null || isOwn(newest, last, session))) {
                Value value = newest == null ? MailboxCounts.NONE : newest.value();
                Jid publisher = publisherOf.apply(last);
                Notification notification = notifications.computeIfAbsent(
                        new Correction(last, newest), correction -> Notification.offline(last.key(), value, publisher));
                subscriptions.offer(notification, session);
            } else if (newest != null) {
                Notification notification = notifications.computeIfAbsent(
                        new Correction(null, newest), correction -> Notification.again(newest));
                subscriptions.offerKnown(notification, session);
            }
        }
    }

    private record Correction(@Nullable Entry from, @Nullable Entry to) {}

    /**
     * Whether the session's Asterisk would drop {@code newest}, because it bears its own EID. Then its value is sent with the EID of
     * {@code last}.
     */
    private static boolean isOwn(Entry newest, Entry last, Jid session) {
        Account account = session.account();
        return newest.publisher().equals(session)
                || (newest.publisher().account().equals(account)
                        && !last.publisher().account().equals(account));
    }
}
