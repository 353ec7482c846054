// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.limits.Quota;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.FillLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Site;

/**
 * How many entries an account may have: as many as each account may, and no more than {@value #SHARE} times the room that is left in its
 * site. So one account alone fills nine tenths of its site, and its other servers always find room for new devices. An account that is
 * the only one of its site may fill all of it. Thread-safe.
 */
public final class EntryRoom {

    /** An account may have so many times the room that is left. */
    static final int SHARE = 9;

    private final ActivePolicy activePolicy;
    private final FillLogger fillLogger;
    private final Quota quota;

    public EntryRoom(ActivePolicy activePolicy, FillLogger fillLogger) {
        this.activePolicy = activePolicy;
        this.fillLogger = fillLogger;
        this.quota = new Quota(Limits.DEFAULT.entriesPerAccount(), this::siteHasRoom, this::taken);
    }

    /** Counts the entries of each account. */
    public Quota quota() {
        return quota;
    }

    private boolean siteHasRoom(Jid session) {
        CompiledPolicy compiled = activePolicy.now();
        Site site = compiled.siteOf(session);
        if (site == null) {
            return false;
        }
        int most = site.tuning().entries();
        long own = quota.taken(session);
        long least = most - quota.total(); // as all sites have together, so that the accounts need not be looked at
        if (own < SHARE * least && !FillLogger.isFilling(most - least + 1, most)) {
            return true;
        }
        long taken = takenBy(site, compiled);
        fillLogger.siteHas(site, taken + 1);
        long left = most - taken;
        return isSoleAccount(site) ? left > 0 : own < SHARE * left;
    }

    private void taken(Jid session, int count, int most) {
        Site site = activePolicy.now().siteOf(session);
        if (site != null) {
            fillLogger.accountHas(session, count, Math.min(most, share(site)), site);
        }
    }

    /** The most entries that one account alone can have in a site. */
    private static int share(Site site) {
        int most = site.tuning().entries();
        return isSoleAccount(site) ? most : Math.toIntExact((SHARE * (long) most + SHARE) / (SHARE + 1));
    }

    private long takenBy(Site site, CompiledPolicy compiled) {
        return quota.takenBy(other -> site.equals(compiled.siteOf(other)), 0);
    }

    private static boolean isSoleAccount(Site site) {
        return site.servers().globs().size() == 1 && site.servers().accounts().size() == 1;
    }

    /** Why {@code session} was rejected one more entry, and what an administrator can do. */
    public String rejection(Jid session) {
        int perAccount = quota.mostPerAccount();
        CompiledPolicy compiled = activePolicy.now();
        Site site = compiled.siteOf(session);
        int own = quota.taken(session);
        String full;
        if (site == null || own >= perAccount) {
            full = "this account has " + perAccount + " devices and mailboxes, the limit entries-per-account";
        } else if (takenBy(site, compiled) >= site.tuning().entries()) {
            full = "the site " + site.name() + " has " + site.tuning().entries()
                    + " devices and mailboxes, its limit (entries)";
        } else {
            full = "this account has " + own + " of the " + site.tuning().entries()
                    + " devices and mailboxes of the site " + site.name() + "; the room left is for its other servers";
        }
        return full + "; drop devices that are made for each call by a publish rule, clear entries, or raise the limit";
    }
}
