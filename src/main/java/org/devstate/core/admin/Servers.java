package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.access.EidBindings;
import org.devstate.core.model.Eid;

/** The Asterisk servers and their EIDs. Implementations are thread-safe. */
public interface Servers {

    /**
     * One server: an account that is named by a site, has an EID, has told of something or is there.
     *
     * @param account its bare address
     * @param site the name of its site; empty where it is in none
     * @param online how many of its sessions are there
     * @param eids how many EIDs belong to it
     * @param entries devices and mailboxes that it has told of
     * @param publishRate what it said in the last minute, per second, repetitions included
     * @param notificationRate what its sessions were told in the last minute, per second
     * @param lagMs how long ago, in milliseconds, the oldest change happened that waits for one of its sessions; 0 where none waits
     */
    record Server(
            String account,
            String site,
            int online,
            int eids,
            int entries,
            double publishRate,
            double notificationRate,
            long lagMs) {}

    /**
     * An EID and whose it is.
     *
     * @param account the bare address that it belongs to
     * @param site the name of the site of that account; empty where it is in none
     */
    record Bound(Eid eid, String account, String site) {}

    /** All of them, in the order of their addresses. Looks at everything. */
    List<Server> all();

    /** All EIDs that belong to an account, in their order. */
    List<Bound> eids();

    /** Whether the EID belongs to an account, is kept for a site, or has entries. */
    boolean isInUse(Eid eid);

    /** Gives an EID to an account, if it is free or its own already. */
    EidBindings.Outcome bind(Eid eid, String account);

    /** Makes an EID free; tells whether it belonged to anybody. */
    boolean release(Eid eid);

    /**
     * Forgets all that an account has told of; whoever knew of it hears that it is gone.
     *
     * @return how many entries that were
     */
    int purge(String account);
}
