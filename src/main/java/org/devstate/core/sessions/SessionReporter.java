// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.Collection;
import java.util.Set;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Reports the begin and the end of sessions to administrators: in counters, in the operator log, and as the absences of accounts.
 * Thread-safe.
 */
public final class SessionReporter {

    private final Counters counters;
    private final SiteLogger siteLogger;
    private final Clock clock;
    private final Absences absences = new Absences();

    public SessionReporter(Counters counters, SiteLogger siteLogger, Clock clock) {
        this.counters = counters;
        this.siteLogger = siteLogger;
        this.clock = clock;
    }

    /** A session is there again within its grace period. */
    void returned() {
        counters.count(Counter.SESSIONS_RETURNED);
    }

    /** A session has subscribed to device states. */
    void subscribed(Jid session, Collection<Eid> eids) {
        siteLogger.came(session, eids);
    }

    /** A session has ended, and its grace period has begun. */
    void ended(Jid session, LeaseTerms terms) {
        counters.count(Counter.SESSIONS_ENDED);
        absences.ended(session.account(), clock.wallMs(), terms.graceMs());
        siteLogger.gone(session, terms.graceMs(), terms.offlineState());
    }

    /** A session is lost with its node, and the grace period of its server has begun. */
    void lost(Jid session, LeaseTerms terms) {
        absences.ended(session.account(), clock.wallMs(), terms.graceMs());
        siteLogger.lost(session);
    }

    /** Device entries took the offline state. */
    void tookOffline(int devices) {
        counters.count(Counter.GONE, devices);
    }

    /** The grace period of {@code session} is over; {@code devices} entries of {@code eids} took the offline state. */
    void graceOver(Jid session, Collection<Eid> eids, @Nullable DeviceState offlineState, int devices) {
        siteLogger.graceOver(session, eids, offlineState, devices);
    }

    /** So many leases have expired. */
    void expired(int leases) {
        counters.count(Counter.LEASES_EXPIRED, leases);
    }

    /** After a restart, the grace period of {@code accounts} has begun, which had published so many devices. */
    void awaited(Set<Account> accounts, int devices, long limitMs) {
        siteLogger.awaited(devices, accounts.size(), limitMs);
        accounts.forEach(account -> absences.awaited(account, clock.wallMs() + limitMs));
    }

    /** The server of {@code account} has not published devices since the restart. */
    void notPublishedSinceRestart(Account account, int devices, DeviceState offlineState) {
        tookOffline(devices);
        siteLogger.notPublishedSinceRestart(account.jid(), devices, offlineState);
    }

    /** When the last session of {@code account} ended; {@code null} if none has. */
    Absences.@Nullable Absence absence(Account account) {
        return absences.of(account);
    }
}
