// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.devstate.core.spi.Clock;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;
import org.jspecify.annotations.Nullable;

/** Keeps the bindings of EIDs the same at all nodes. Thread-safe. */
public final class BindingReplica implements EidBindings.BindingListener {

    private final Map<Eid, BindingState> states = new HashMap<>();
    private final Clock clock;
    private final ChangeMarker marker;

    public BindingReplica(Clock clock, ChangeMarker marker) {
        this.clock = clock;
        this.marker = marker;
    }

    @Override
    public synchronized void bound(Eid eid, Account account) {
        BindingState known = states.get(eid);
        states.put(eid, new BindingState(account, known == null ? 0 : known.releases(), clock.wallMs()));
        marker.mark(new PendingItem.OfBinding(eid));
    }

    @Override
    public synchronized void released(Eid eid) {
        BindingState known = states.get(eid);
        states.put(eid, new BindingState(null, known == null ? 1 : known.releases() + 1, clock.wallMs()));
        marker.mark(new PendingItem.OfBinding(eid));
    }

    /** The EIDs whose bindings another node has to be sent when it joins. */
    synchronized Set<Eid> eids(EidBindings bindings) {
        Set<Eid> eids = new HashSet<>(states.keySet());
        eids.addAll(bindings.all().keySet());
        return eids;
    }

    /** The binding of {@code eid}, for another node; {@code null} if it never had one. */
    synchronized @Nullable BindingState of(Eid eid, EidBindings bindings) {
        BindingState known = states.get(eid);
        Account account = bindings.owner(eid);
        if (known != null) {
            return known;
        }
        return account == null ? null : new BindingState(account, 0, 0);
    }

    /** Takes the binding of another node if it counts before the one here; else has that node sent the one here. */
    void merge(Eid eid, BindingState given, EidBindings bindings, Persister persister) {
        BindingState known = of(eid, bindings);
        if (given.equals(known)) {
            return;
        }
        if (known == null || given.countsBefore(known)) {
            synchronized (this) {
                states.put(eid, given);
            }
            bindings.replace(eid, given.account());
        } else if (known.countsBefore(given)) {
            marker.mark(new PendingItem.OfBinding(eid));
            if (known.account() != null) {
                persister.persist(
                        new Change.Binding(eid, known.account())); // the other one may have been persisted since
            }
        }
    }
}
