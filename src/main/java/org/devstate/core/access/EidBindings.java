package org.devstate.core.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;

/** Which account each EID belongs to: the one that used it first, of those that may. Thread-safe. */
public final class EidBindings {

    /** What became of the use of an EID. */
    public enum Outcome {
        /** The account may use it. */
        OWN(""),
        /** It belongs to another account. */
        FOREIGN("this EID belongs to another account"),
        /** It is not among those of the account's site. */
        UNLISTED("this EID is not among those that the site of this account may use"),
        /** It is new, and the account has as many as it may. */
        FULL("this account has used as many EIDs as it may");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** What the account is told. */
        public String text() {
            return text;
        }
    }

    private final Map<Eid, String> accounts = new ConcurrentHashMap<>();
    private final Quota quota;
    private final BiConsumer<Eid, String> onBound;

    /**
     * @param quota how many EIDs each account may have
     * @param onBound is told of each EID that finds its account
     */
    public EidBindings(Quota quota, BiConsumer<Eid, String> onBound) {
        this.quota = quota;
        this.onBound = onBound;
    }

    /**
     * Whether {@code session} may use {@code eid}. Where nobody has it yet, its account has it from now on, unless its site lets any
     * be used.
     */
    public Outcome use(Eid eid, Jid session, Reach reach) {
        Site site = reach.siteOf(session);
        Site owner = reach.siteThatLists(eid);
        if (site == null || (owner != null && !owner.equals(site))) {
            return Outcome.FOREIGN;
        }
        if (site.eids() instanceof EidRule.Listed && owner == null) {
            return Outcome.UNLISTED;
        }
        String account = accounts.get(eid);
        if (account == null) {
            return site.eids() instanceof EidRule.Any ? Outcome.OWN : bind(eid, session);
        }
        return account.equals(session.bare()) ? Outcome.OWN : Outcome.FOREIGN;
    }

    private Outcome bind(Eid eid, Jid session) {
        String account = accounts.computeIfAbsent(eid, unbound -> quota.take(session) ? session.bare() : null);
        if (account == null) {
            return Outcome.FULL;
        }
        if (!account.equals(session.bare())) {
            return Outcome.FOREIGN; // it was faster
        }
        onBound.accept(eid, account);
        return Outcome.OWN;
    }

    /** Takes up what was bound before a restart, without telling of it. Over the limit or not, it stays bound. */
    public void restore(Eid eid, String account) {
        if (accounts.putIfAbsent(eid, account) == null) {
            quota.takeAnyway(new Jid(account, ""));
        }
    }
}
