package org.devstate.core.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;

/** Which account each EID belongs to: the one that used it first. Thread-safe. */
public final class EidBindings {

    /** What became of the use of an EID. */
    public enum Outcome {
        /** It belongs to the account. */
        OWN,
        /** It belongs to another account. */
        FOREIGN,
        /** It is new, and the account has as many as it may. */
        FULL
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

    /** Binds {@code eid} to the account of {@code session}, where nobody has it yet and the account may have one more. */
    public Outcome bind(Eid eid, Jid session) {
        String account = accounts.get(eid);
        if (account == null) {
            account = accounts.computeIfAbsent(eid, unbound -> quota.take(session) ? session.bare() : null);
            if (account == null) {
                return Outcome.FULL;
            }
            if (account.equals(session.bare())) {
                onBound.accept(eid, account);
            }
        }
        return account.equals(session.bare()) ? Outcome.OWN : Outcome.FOREIGN;
    }

    /** Takes up what was bound before a restart, without telling of it. Over the limit or not, it stays bound. */
    public void restore(Eid eid, String account) {
        if (accounts.putIfAbsent(eid, account) == null) {
            quota.takeAnyway(new Jid(account, ""));
        }
    }
}
