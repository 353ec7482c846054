// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.HashMap;
import java.util.Map;
import org.devstate.core.model.Eid;
import org.devstate.core.sessions.Leases.EndedSession;
import org.devstate.core.sessions.Leases.LeaseClaim;
import org.devstate.core.sessions.Leases.LeaseListener;
import org.devstate.core.sessions.Leases.LostLease;
import org.devstate.core.sessions.Leases.PublishedLease;
import org.devstate.core.sessions.Leases.Stale;
import org.jspecify.annotations.Nullable;

/** What the leases of the other nodes of a cluster do to those of this node. Guarded by the lock of {@link Leases}. */
final class ClusterLeases {

    private final Map<Eid, Lease> leases;
    private final SessionEpochs sessions;
    private final LeaseListener listener;

    /** Leases of sessions here that one at another node has taken over, and that count again if that one ends first. */
    private final Map<Eid, Lease> displaced = new HashMap<>();

    /** @param leases of all nodes */
    ClusterLeases(Map<Eid, Lease> leases, SessionEpochs sessions, LeaseListener listener) {
        this.leases = leases;
        this.sessions = sessions;
        this.listener = listener;
    }

    /** See {@link Leases#adopt}. */
    void adopt(Eid eid, String node, @Nullable PublishedLease given) {
        Lease known = leases.get(eid);
        if (given == null) {
            if (known != null && node.equals(known.node())) {
                leases.remove(eid);
                restoreDisplaced(eid, known.newest());
            }
            return;
        }
        sessions.advanceTo(given.newest());
        if ((known == null || !known.isHere()) && hasMovedHere(given)) {
            LeaseClaim claim = sessions.claim(given.owner());
            leases.put(eid, Lease.here(claim.session(), claim.epoch(), Math.max(claim.epoch(), given.newest())));
            listener.heldBy(eid, claim.session());
            listener.changed(eid);
        } else if (known == null || node.equals(known.node()) || isReplacedBy(known, given)) {
            long newest = known == null ? given.newest() : Math.max(known.newest(), given.newest());
            if (known != null && known.isHere()) {
                displaced.put(eid, known);
            }
            leases.put(eid, new Lease(given.owner(), given.epoch(), newest, node, given.isPresent()));
            if (!given.isPresent()) {
                restoreDisplaced(eid, newest);
            }
        } else if (known.isHere()) {
            leases.put(eid, known.extendedTo(given.newest()));
            listener.changed(eid); // so that the other node adopts this one
        }
    }

    /** Whether the same session has logged in here since. */
    private boolean hasMovedHere(PublishedLease given) {
        return sessions.of(given.owner()) > given.epoch() && !sessions.hasEnded(given.owner());
    }

    private void restoreDisplaced(Eid eid, long newest) {
        Lease here = displaced.get(eid);
        if (here != null && sessions.ofPresent(here.owner()) > 0) {
            displaced.remove(eid);
            leases.put(eid, here.extendedTo(newest));
            listener.changed(eid);
        }
    }

    private boolean isReplacedBy(Lease known, PublishedLease given) {
        boolean isKnownPresent = known.isHere() ? sessions.ofPresent(known.owner()) > 0 : known.isPresent();
        if (isKnownPresent != given.isPresent()) {
            return given.isPresent();
        }
        long knownEpoch = known.isHere() ? Math.max(known.epoch(), sessions.of(known.owner())) : known.epoch();
        return knownEpoch != given.epoch()
                ? given.epoch() > knownEpoch
                : given.owner().toString().compareTo(known.owner().toString()) > 0;
    }

    /** See {@link Leases#lose}. */
    Map<Eid, LostLease> lose(String node) {
        Map<Eid, LostLease> lost = new HashMap<>();
        Map<Eid, Lease> absent = new HashMap<>();
        leases.forEach((eid, lease) -> {
            if (node.equals(lease.node())) {
                lost.put(eid, new LostLease(lease.owner(), lease.epoch()));
                absent.put(eid, lease.absent());
            }
        });
        leases.putAll(absent);
        absent.forEach((eid, lease) -> restoreDisplaced(eid, lease.newest()));
        return lost;
    }

    /** See {@link Leases#expire(Map)}. */
    Stale expire(Map<Eid, LostLease> lost) {
        Map<Eid, Long> left = new HashMap<>();
        lost.forEach((eid, lease) -> {
            Lease known = leases.get(eid);
            if (known != null && !known.isHere() && !known.isPresent() && known.epoch() == lease.epoch()) {
                leases.remove(eid);
                left.put(eid, known.newest());
            }
        });
        return new Stale(left, Stale.NONE);
    }

    /** A session of this node has expired: none of its leases counts again. */
    void expired(EndedSession ending) {
        displaced.values().removeIf(lease -> lease.owner().equals(ending.session()) && lease.epoch() <= ending.epoch());
    }
}
