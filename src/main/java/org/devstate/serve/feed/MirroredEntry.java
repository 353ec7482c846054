// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.Comparator;
import java.util.List;
import org.devstate.core.admin.form.Result;

/**
 * One entry, with the texts of the columns of {@code devstate-entries}. Immutable.
 *
 * @param node the name of its node, {@code device_state} or {@code message_waiting}
 * @param id of the device or mailbox
 * @param eid of its server
 * @param site of its account; empty if that is in none
 * @param account that published it last
 * @param value such as {@code INUSE}, or {@code 2/0} for a mailbox
 * @param changed when it got that value, ISO 8601 in UTC with milliseconds
 */
public record MirroredEntry(
        String node, String id, String eid, String site, String account, String value, String changed) {

    /** Identifies an entry. */
    public record Key(String node, String id, String eid) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::node).thenComparing(Key::id).thenComparing(Key::eid);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Its identity. */
    public Key key() {
        return new Key(node, id, eid);
    }

    /**
     * The rows of an answer of {@code devstate-entries}.
     *
     * @throws IllegalArgumentException if a column is missing, because the service is of an older release; the text names it
     */
    public static List<MirroredEntry> of(Result part) {
        Cells cells = Cells.of(part, "node", "id", "eid", "site", "account", "value", "changed");
        return cells.rows()
                .map(row -> new MirroredEntry(
                        row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6)))
                .toList();
    }
}
