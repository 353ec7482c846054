// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import org.devstate.core.limits.Quota;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/** Counts the entries of each account, one of another account's as soon as it publishes it. Thread-safe. */
record EntryQuota(Quota quota) {

    /**
     * Counts an entry as one of the account of {@code publisher}; false if the account has no room for it.
     *
     * @param known the entry so far; {@code null} if it is new
     */
    boolean take(@Nullable Entry known, Jid publisher) {
        if (isOf(publisher, known)) {
            return true;
        }
        if (!quota.take(publisher)) {
            return false;
        }
        if (known != null) {
            quota.giveBack(known.publisher());
        }
        return true;
    }

    static boolean isOf(Jid publisher, @Nullable Entry known) {
        return known != null && known.publisher().account().equals(publisher.account());
    }

    /** Counts a restored entry, over the limit or not. */
    void takeAnyway(Entry restored) {
        quota.takeAnyway(restored.publisher());
    }

    /** Counts an entry of another node, over the limit or not: that node has checked it. */
    void takeAnyway(@Nullable Entry known, Entry replica) {
        if (!isOf(replica.publisher(), known)) {
            takeAnyway(replica);
            if (known != null) {
                giveBack(known);
            }
        }
    }

    void giveBack(Entry removed) {
        quota.giveBack(removed.publisher());
    }
}
