// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.List;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;

/** Values, times and names as sentences have them. Stateless. */
final class Phrases {

    private Phrases() {}

    /** A value as it is shown and read again. */
    static String text(Value value) {
        return value instanceof MailboxCounts counts
                ? counts.newMessages() + "/" + counts.oldMessages()
                : String.valueOf(value);
    }

    /** A value in a sentence. */
    static String of(Value value) {
        return value instanceof MailboxCounts counts
                ? counts.newMessages() + " new and " + counts.oldMessages() + " old messages"
                : String.valueOf(value);
    }

    /** A name in a sentence. */
    static String item(NodeType node, String id) {
        return node == NodeType.DEVICE_STATE ? id : "the mailbox " + id;
    }

    static String time(long ms) {
        return Utc.format(ms);
    }

    /** How long, in the largest unit that fits. */
    static String duration(long ms) {
        if (ms < 1_000) {
            return ms + " ms";
        }
        return ms < 120_000 ? ms / 1_000 + " s" : ms / 60_000 + " min";
    }

    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
