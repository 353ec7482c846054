// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/** Which account each EID belongs to: the one that used it first, of those that may. Thread-safe. */
public final class EidBindings {

    /** The outcome of the use of an EID. */
    public enum EidOutcome {
        /** The account may use it. */
        OWN(""),
        /** It belongs to another account. */
        FOREIGN("this EID belongs to another account"),
        /** It is not among those of the account's site. */
        UNLISTED("this EID is not listed for the site of this account"),
        /** It is new, and the account has as many as it may. */
        FULL("this account has reached its limit of EIDs");

        private final String text;

        EidOutcome(String text) {
            this.text = text;
        }

        /** The text for the account. */
        public String text() {
            return text;
        }
    }

    /** Learns which account each EID belongs to. Quick, as a lock is held. */
    public interface BindingListener {

        /** From now on {@code eid} belongs to {@code account}. */
        void bound(Eid eid, Account account);

        /** From now on {@code eid} belongs to no account; called before any can have it again. */
        void released(Eid eid);

        /** Two listeners as one, of which {@code next} is called last. */
        default BindingListener and(BindingListener next) {
            BindingListener first = this;
            return new BindingListener() {
                @Override
                public void bound(Eid eid, Account account) {
                    first.bound(eid, account);
                    next.bound(eid, account);
                }

                @Override
                public void released(Eid eid) {
                    first.released(eid);
                    next.released(eid);
                }
            };
        }
    }

    private final Map<Eid, Account> accounts = new ConcurrentHashMap<>();
    private final Quota quota;
    private final BindingListener listener;

    /**
     * @param quota how many EIDs each account may have
     * @param listener receives each change, but no restored binding
     */
    public EidBindings(Quota quota, BindingListener listener) {
        this.quota = quota;
        this.listener = listener;
    }

    /**
     * Whether {@code session} may use {@code eid}. An EID without an account belongs to this one from now on, unless its site admits
     * any EID.
     */
    public EidOutcome use(Eid eid, Jid session, CompiledPolicy compiled) {
        Site site = compiled.siteOf(session);
        Site owner = compiled.siteThatLists(eid);
        if (site == null || (owner != null && !owner.equals(site))) {
            return EidOutcome.FOREIGN;
        }
        if (site.eids() instanceof EidRule.Listed && owner == null) {
            return EidOutcome.UNLISTED;
        }
        Account account = accounts.get(eid);
        if (account == null) {
            return site.eids() instanceof EidRule.Any ? EidOutcome.OWN : bind(eid, session);
        }
        return account.equals(session.account()) ? EidOutcome.OWN : EidOutcome.FOREIGN;
    }

    /** The account that {@code eid} belongs to; {@code null} if it belongs to none. */
    public @Nullable Account owner(Eid eid) {
        return accounts.get(eid);
    }

    /** How many EIDs each account may have. */
    public int mostPerAccount() {
        return quota.mostPerAccount();
    }

    /** Whether {@code session} may go on using {@code eid}: it belongs to its account, or to none. */
    public boolean leavesTo(Eid eid, Jid session) {
        Account account = accounts.get(eid);
        return account == null || account.equals(session.account());
    }

    private EidOutcome bind(Eid eid, Jid session) {
        Account account = accounts.computeIfAbsent(eid, unbound -> take(eid, session));
        if (account == null) {
            return EidOutcome.FULL;
        }
        return account.equals(session.account()) ? EidOutcome.OWN : EidOutcome.FOREIGN; // another was faster
    }

    private @Nullable Account take(Eid eid, Jid session) {
        if (!quota.take(session)) {
            return null;
        }
        listener.bound(eid, session.account());
        return session.account();
    }

    /** Gives {@code eid} to an account before it has used it, unless it belongs to another. */
    public EidOutcome give(Eid eid, Jid account) {
        return bind(eid, account);
    }

    /** Makes {@code eid} free; returns whether it belonged to an account. */
    public boolean release(Eid eid) {
        boolean[] released = new boolean[1];
        accounts.computeIfPresent(eid, (bound, account) -> {
            quota.giveBack(account.jid());
            listener.released(bound);
            released[0] = true;
            return null;
        });
        return released[0];
    }

    /**
     * Takes the binding of another node of the cluster in the place of the one here, without reporting it; over the limit or not.
     *
     * @param given {@code null} if the EID is free
     */
    public void replace(Eid eid, @Nullable Account given) {
        accounts.compute(eid, (same, known) -> {
            if (known != null && !known.equals(given)) {
                quota.giveBack(new Jid(known, ""));
            }
            if (given != null && !given.equals(known)) {
                quota.takeAnyway(new Jid(given, ""));
            }
            return given;
        });
    }

    /** The account of each EID, at some moment of the call. */
    public Map<Eid, Account> all() {
        return Map.copyOf(accounts);
    }

    /** Restores a binding from before a restart, without reporting it. It stays bound even over the limit. */
    public void restore(Eid eid, Account account) {
        if (accounts.putIfAbsent(eid, account) == null) {
            quota.takeAnyway(account.jid());
        }
    }
}
