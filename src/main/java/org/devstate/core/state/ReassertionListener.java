// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.List;
import org.devstate.core.model.Entry;

/** Takes an entry that counts at all nodes again. Called with the lock of the entry held. */
@FunctionalInterface
public interface ReassertionListener {

    /** The entry has a later time, and the same value. */
    void reasserted(Entry entry);

    /**
     * It has another place in its mailbox, too.
     *
     * @param before the entries of the mailbox until now, the newest first
     * @param now the entries of the mailbox from now on, the newest first
     */
    default void mailboxMoved(List<Entry> before, List<Entry> now) {}
}
