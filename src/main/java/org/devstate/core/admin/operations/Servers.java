// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import java.util.Collection;
import java.util.List;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.sessions.Absences;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.stats.Load;
import org.jspecify.annotations.Nullable;

/** The Asterisk servers and their EIDs. Implementations are thread-safe. */
public interface Servers {

    /**
     * One server: an account that is named by a site, has an EID or entries, or is connected.
     *
     * @param site the name of its site; empty where it is in none
     * @param eids how many EIDs belong to it
     * @param load its sessions, entries and traffic
     */
    record Server(Account account, String site, int eids, Load load) {}

    /**
     * An EID and its account.
     *
     * @param account the one that it belongs to
     * @param site the name of the site of that account; empty if it is in none
     */
    record Bound(Eid eid, Account account, String site) {}

    /** The sessions of {@code account}; looks at all sessions. */
    AccountSessions sessions(Account account);

    /** When the last session of {@code account} here ended, even if it has one again; {@code null} if none has. Looks at no session. */
    Absences.@Nullable Absence absence(Account account);

    /** Whether a session is subscribed to {@code node}. */
    boolean isSubscribed(Jid session, NodeType node);

    /** Ends {@code sessions}, so that Asterisk logs in again; see {@link SessionEnder#end}. */
    void end(Collection<Jid> sessions, SessionEnder.EndListener done);

    /** All of them, in the order of their addresses. Looks at everything. */
    List<Server> all();

    /** All EIDs that belong to an account, in their order. */
    List<Bound> eids();

    /** Whether the EID belongs to an account, is reserved for a site, or has entries. */
    boolean isInUse(Eid eid);

    /** Gives an EID to an account, if it is free or its own already. */
    EidBindings.EidOutcome bind(Eid eid, Account account);

    /** Makes an EID free. Returns whether it belonged to an account. */
    boolean release(Eid eid);

    /**
     * Removes all entries of an account and notifies their subscribers.
     *
     * @return how many entries that were
     */
    int purge(Account account);
}
