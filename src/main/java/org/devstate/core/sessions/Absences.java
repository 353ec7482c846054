// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.devstate.core.model.Account;
import org.jspecify.annotations.Nullable;

/**
 * When the last session of each account ended, for the {@value #MOST} accounts whose sessions ended last, or that are awaited after a
 * restart. Thread-safe.
 */
public final class Absences {

    /** How many accounts are remembered. */
    static final int MOST = 10_000;

    /**
     * An account's last session has ended.
     *
     * @param sinceMs when, in milliseconds since the epoch; 0 if that was before the service was started
     * @param graceUntilMs when its grace period is over, in milliseconds since the epoch
     */
    public record Absence(long sinceMs, long graceUntilMs) {}

    private final Map<Account, Absence> absences = new LinkedHashMap<>();

    /** A session of {@code account} has ended. */
    public synchronized void ended(Account account, long nowMs, long graceMs) {
        put(account, new Absence(nowMs, nowMs + graceMs));
    }

    /** A server that was connected before a restart may come back until {@code graceUntilMs}. */
    public synchronized void awaited(Account account, long graceUntilMs) {
        put(account, new Absence(0, graceUntilMs));
    }

    private void put(Account account, Absence absence) {
        absences.remove(account);
        absences.put(account, absence);
        if (absences.size() > MOST) {
            absences.remove(absences.keySet().iterator().next());
        }
    }

    /** The last one of {@code account}, which may have other sessions; {@code null} if none of its sessions has ended. */
    public synchronized @Nullable Absence of(Account account) {
        return absences.get(account);
    }
}
