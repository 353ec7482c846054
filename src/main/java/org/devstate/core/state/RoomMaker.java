// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Value;

/** Makes room for new devices of accounts that are full. Remembers where it has searched in vain. Thread-safe. */
final class RoomMaker {

    private final DeviceSegment[] segments;

    /** How many times entries may have lost their lease. */
    private final AtomicLong replacements = new AtomicLong();

    /** The number of replacements at the last search of each account. */
    private final Map<Account, Long> searchedAt = new ConcurrentHashMap<>();

    /** Accounts without awaited devices, as a search has shown. */
    private final Set<Account> awaitsNothing = ConcurrentHashMap.newKeySet();

    RoomMaker(DeviceSegment[] segments) {
        this.segments = segments;
    }

    /** Entries may have lost their lease. */
    void replaced() {
        replacements.incrementAndGet();
    }

    /** As {@link StateTable#makeRoom}. */
    boolean makeRoom(
            Jid publisher, Value offlineValue, long nowMs, Consumer<Entry> onForget, Consumer<Entry> onChange) {
        Account account = publisher.account();
        long now = replacements.get();
        Long searched = searchedAt.put(account, now);
        boolean found = false;
        // Else nothing has gone since, so that a full account costs no search each time.
        if (searched == null || searched != now) {
            for (DeviceSegment segment : segments) {
                found |= segment.removeGone(account, onForget);
            }
        }
        return found || endAwaited(account, offlineValue, nowMs, onChange);
    }

    /** Of one segment only, as each may still be published again. */
    private boolean endAwaited(Account account, Value offlineValue, long nowMs, Consumer<Entry> onChange) {
        if (awaitsNothing.contains(account)) {
            return false;
        }
        for (DeviceSegment segment : segments) {
            if (segment.endAwaited(account, offlineValue, nowMs, onChange)) {
                return true;
            }
        }
        awaitsNothing.add(account);
        return false;
    }
}
