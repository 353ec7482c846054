// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;

/** Decides who may publish for an EID: which account it belongs to, and which session of it answers for its entries. Thread-safe. */
public final class EidClaims {

    private final EidBindings bindings;
    private final Leases leases;
    private final Leases.Owners owners;

    public EidClaims(EidBindings bindings, Leases leases) {
        this.bindings = bindings;
        this.leases = leases;
        this.owners = bindings::leavesTo;
    }

    /** As {@link EidBindings#use}. */
    public EidBindings.EidOutcome use(Eid eid, Jid session, CompiledPolicy compiled) {
        return bindings.use(eid, session, compiled);
    }

    /**
     * Makes {@code session} the one that answers for {@code eid}, by the rules of {@link Leases#claim}.
     *
     * @return what its entries bear
     */
    public Leases.LeaseClaim claim(Eid eid, Jid session) {
        return leases.claim(eid, session, owners);
    }

    /** Which account each EID belongs to. */
    public EidBindings bindings() {
        return bindings;
    }
}
