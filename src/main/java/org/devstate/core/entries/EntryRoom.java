package org.devstate.core.entries;

import org.devstate.core.access.Access;
import org.devstate.core.access.Reach;
import org.devstate.core.access.Site;
import org.devstate.core.limits.Limits;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Jid;
import org.devstate.core.notices.FillNotices;

/**
 * How many entries an account may have: as many as each account may, and no more than {@value #SHARE} times the room that is left in its
 * site. So one account alone fills nine tenths of its site, and its other servers always find room for new devices. An account that is
 * the only one of its site may fill all of it. Thread-safe.
 */
public final class EntryRoom {

    /** An account may have so many times the room that is left. */
    static final int SHARE = 9;

    private final Access access;
    private final FillNotices notices;
    private final Quota quota;

    public EntryRoom(Access access, FillNotices notices) {
        this.access = access;
        this.notices = notices;
        this.quota = new Quota(Limits.DEFAULT.entriesPerAccount(), this::siteHasRoom, this::taken);
    }

    /** Counts the entries of each account. */
    public Quota quota() {
        return quota;
    }

    private boolean siteHasRoom(Jid session) {
        Reach reach = access.now();
        Site site = reach.siteOf(session);
        if (site == null) {
            return false;
        }
        int most = site.tuning().entries();
        long own = quota.taken(session);
        long least = most - quota.total(); // as all sites have together, so that the accounts need not be looked at
        if (own < SHARE * least && !FillNotices.isFilling(most - least + 1, most)) {
            return true;
        }
        long taken = takenBy(site, reach);
        notices.siteHas(site, taken + 1);
        long left = most - taken;
        return isSoleAccount(site) ? left > 0 : own < SHARE * left;
    }

    private void taken(Jid session, int count, int most) {
        Site site = access.now().siteOf(session);
        if (site != null) {
            notices.accountHas(session, count, Math.min(most, share(site)), site);
        }
    }

    /** The most entries that one account alone can have in a site. */
    private static int share(Site site) {
        int most = site.tuning().entries();
        return isSoleAccount(site) ? most : Math.toIntExact((SHARE * (long) most + SHARE) / (SHARE + 1));
    }

    private long takenBy(Site site, Reach reach) {
        return quota.takenBy(other -> site.equals(reach.siteOf(other)), 0);
    }

    private static boolean isSoleAccount(Site site) {
        return site.servers().globs().size() == 1 && site.servers().accounts().size() == 1;
    }

    /** Why {@code session} was refused one more entry, and what an administrator can do. */
    public String refusal(Jid session, int perAccount) {
        Reach reach = access.now();
        Site site = reach.siteOf(session);
        int own = quota.taken(session);
        String full;
        if (site == null || own >= perAccount) {
            full = "this account has " + perAccount + " devices and mailboxes, the limit entries-per-account";
        } else if (takenBy(site, reach) >= site.tuning().entries()) {
            full = "the site " + site.name() + " has " + site.tuning().entries()
                    + " devices and mailboxes, its limit (entries)";
        } else {
            full = "this account has " + own + " of the " + site.tuning().entries()
                    + " devices and mailboxes of the site " + site.name() + "; the room left is for its other servers";
        }
        return full + "; drop devices that are made for each call by a publish rule, clear entries, or raise the limit";
    }
}
