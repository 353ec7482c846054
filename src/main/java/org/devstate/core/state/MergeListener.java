// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.List;
import org.devstate.core.model.Entry;

/** Takes the changes that an entry of another node makes here. Called with the lock of the entry held. */
public interface MergeListener {

    /**
     * A device has another value than in the last notification.
     *
     * @param isNew whether this node did not know it until now
     */
    void deviceChanged(Entry entry, boolean isNew);

    /**
     * An entry of a mailbox has another value, or another place.
     *
     * @param before the entries of the mailbox until now, the newest first
     * @param now the entries of the mailbox from now on, the newest first
     */
    void mailboxChanged(Entry entry, List<Entry> before, List<Entry> now);
}
