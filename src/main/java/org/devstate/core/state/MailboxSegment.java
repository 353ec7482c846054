// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Entry;
import org.jspecify.annotations.Nullable;

/** A part of the mailboxes. Not thread-safe: it is its own lock, which {@link Mailboxes} takes. */
final class MailboxSegment {

    /** By name; each list is immutable, the newest entry first. */
    final Map<String, List<Entry>> mailboxes = new HashMap<>();

    /** How many changes there were here so far. */
    long changes;

    int size;

    List<Entry> entriesOf(String id) {
        return mailboxes.getOrDefault(id, List.of());
    }

    /** The names of all mailboxes, as they are now. Takes the lock itself. */
    synchronized List<String> ids() {
        return new ArrayList<>(mailboxes.keySet());
    }

    /** Where {@code entry} stands, or would stand, among the others of its mailbox: after those that changed later. */
    static int place(List<Entry> entries, Entry entry) {
        return (int) entries.stream()
                .filter(other -> !other.key().equals(entry.key()) && isBefore(other, entry))
                .count();
    }

    private static boolean isBefore(Entry other, Entry entry) {
        return other.changedAtMs() != entry.changedAtMs()
                ? other.changedAtMs() > entry.changedAtMs()
                : other.key().eid().value() > entry.key().eid().value();
    }

    /** Puts {@code entry} where it stands by the time of its change, in the place of {@code known}. */
    void put(Entry entry, @Nullable Entry known) {
        String id = entry.key().id();
        List<Entry> entries = new ArrayList<>(entriesOf(id));
        if (known == null) {
            size++;
        } else {
            entries.remove(known);
        }
        entries.add(place(entries, entry), entry);
        mailboxes.put(id, List.copyOf(entries));
    }

    /** Puts {@code entry} before all others of its mailbox, in the place of {@code known}. */
    void putNewest(Entry entry, @Nullable Entry known) {
        String id = entry.key().id();
        List<Entry> entries = new ArrayList<>(entriesOf(id));
        if (known == null) {
            size++;
        } else {
            entries.remove(known);
        }
        entries.add(0, entry);
        mailboxes.put(id, List.copyOf(entries));
    }
}
