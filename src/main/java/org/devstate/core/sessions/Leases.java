// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * The session that holds the lease of each server's entries. Thread-safe.
 *
 * <p>Each session has an epoch, a number that is higher than those of all sessions before it, and an entry bears the epoch of its last
 * publish. So a lower epoch marks the entries that a server did not repeat since it came back, or never took over from a session that
 * is gone.
 */
public final class Leases {

    /**
     * The session that an entry belongs to.
     *
     * @param session its address, as one object that all its entries share; a host makes a new object for each stanza
     * @param epoch the epoch of its entries
     */
    public record LeaseClaim(Jid session, long epoch) {}

    /**
     * The entries that are over: those of these servers, each up to the epoch given for it.
     *
     * @param epochs by server
     * @param spared the epoch whose entries are not over all the same; -1 if there is no such
     */
    public record Stale(Map<Eid, Long> epochs, long spared) {

        /** No epoch. */
        static final long NONE = -1;

        /** Whether nothing is. */
        public boolean isEmpty() {
            return epochs.isEmpty();
        }

        /** Whether an entry of that server and that epoch is over. */
        public boolean holds(Eid eid, long epoch) {
            Long last = epochs.get(eid);
            return last != null && epoch <= last && epoch != spared;
        }
    }

    /** A session that has ended, for {@link #expire} when its grace period is over. */
    public static final class EndedSession {
        private final Jid session;
        private final long epoch;
        private boolean isRevoked;

        EndedSession(Jid session, long epoch) {
            this.session = session;
            this.epoch = epoch;
        }

        public Jid session() {
            return session;
        }

        long epoch() {
            return epoch;
        }

        /** It was there all the time. */
        void revoke() {
            isRevoked = true;
        }
    }

    /** Decides whether an account may go on using an EID. Thread-safe, and quick, as a lock is held. */
    @FunctionalInterface
    public interface Owners {

        /** Whether the account of {@code session} may go on using {@code eid}: not if that belongs to another one now. */
        boolean mayUse(Eid eid, Jid session);
    }

    /** Learns which session publishes for each EID. Quick, as a lock is held. */
    @FunctionalInterface
    public interface LeaseListener {

        /** From now on {@code session} publishes for {@code eid}; {@code null} if none does any more. */
        void heldBy(Eid eid, @Nullable Jid session);

        /** The lease that {@link Leases#published} returns for {@code eid} is another one. */
        default void changed(Eid eid) {}
    }

    /**
     * A lease, as the node of the cluster where its session is connected publishes it to the others.
     *
     * @param owner the session that publishes for the EID
     * @param epoch that of the session
     * @param newest the highest one that any entry of the EID may bear
     * @param isPresent whether the session has not ended
     */
    public record PublishedLease(Jid owner, long epoch, long newest, boolean isPresent) {}

    /**
     * A lease of a session at a node that was lost.
     *
     * @param owner the session
     * @param epoch that of the session
     */
    public record LostLease(Jid owner, long epoch) {}

    /** The least epoch of the next session. Thread-safe, and quick, as a lock is held. */
    @FunctionalInterface
    public interface EpochSource {

        /** For a service on one machine. */
        EpochSource ALONE = () -> 0;

        /** In a cluster, higher than those of all sessions that have begun before at any node. */
        long least();
    }

    private final Map<Eid, Lease> leases = new HashMap<>();
    private final LeaseListener listener;
    private final SessionEpochs sessions;
    private final ClusterLeases cluster;

    public Leases() {
        this((eid, session) -> {}, EpochSource.ALONE);
    }

    /** @param listener receives the session that publishes for an EID, but no restored lease */
    public Leases(LeaseListener listener, EpochSource epochs) {
        this.listener = listener;
        this.sessions = new SessionEpochs(epochs);
        this.cluster = new ClusterLeases(leases, sessions, listener);
    }

    /** Restores the session that published last for an EID before a restart. */
    public synchronized void restore(Eid eid, Jid session) {
        leases.putIfAbsent(eid, Lease.here(session, Stale.NONE, 0));
    }

    /** Whether a present session publishes for the EID: one that has not ended, and has published since a restart. */
    public synchronized boolean isHeld(Eid eid) {
        Lease lease = leases.get(eid);
        return lease != null && (lease.isHere() ? sessions.ofPresent(lease.owner()) > 0 : lease.isPresent());
    }

    /** The epoch of the session that publishes for the EID, if it is connected to this node and has not ended; else 0. */
    public synchronized long heldEpoch(Eid eid) {
        Lease lease = leases.get(eid);
        return lease == null || !lease.isHere() ? 0 : sessions.ofPresent(lease.owner());
    }

    /** Whether some node answers for the entries of an EID: its session is connected there, or its grace period is not over. */
    public synchronized boolean isAnsweredFor(Eid eid) {
        Lease lease = leases.get(eid);
        return lease != null && (!lease.isHere() || epoch(lease.owner()) > 0);
    }

    /** The session that {@link #heldEpoch} is about, if it has published everything since it began; else {@code null}. */
    synchronized @Nullable LeaseClaim completed(Eid eid) {
        Lease lease = leases.get(eid);
        long epoch = heldEpoch(eid);
        return lease != null && epoch > 0 && sessions.isComplete(lease.owner())
                ? new LeaseClaim(lease.owner(), epoch)
                : null;
    }

    /**
     * A session begins, or begins anew: its lease covers only its publishes from now on.
     *
     * @return whether one under the same address had ended, and its grace was not over
     */
    public synchronized boolean begin(Jid session) {
        boolean returned = sessions.begin(session);
        changed(session);
        return returned;
    }

    /**
     * A session that has ended turns out to be there: it answers again for all that it answered for before, since it may have repeated
     * nothing of it.
     *
     * @return whether it had ended
     */
    public synchronized boolean revive(Jid session) {
        boolean revived = sessions.revive(session);
        if (revived) {
            changed(session);
        }
        return revived;
    }

    /** As below, for any owner of the EID. */
    public LeaseClaim claim(Eid eid, Jid session) {
        return claim(eid, session, (any, owner) -> true);
    }

    /**
     * A session publishes for a server. It takes the lease over from one that is gone, or began earlier; but not if it is gone itself,
     * and this publish is late.
     *
     * @param owners whether an account may go on using an EID; one that may not, because the EID belongs to another now, yields at once
     * @return what the entry is to bear
     */
    public synchronized LeaseClaim claim(Eid eid, Jid session, Owners owners) {
        LeaseClaim claim = sessions.claim(session);
        long epoch = claim.epoch();
        Lease lease = leases.get(eid);
        if (lease == null) {
            leases.put(
                    eid,
                    Lease.here(claim.session(), epoch, sessions.last())); // there may be entries of any that was before
            listener.heldBy(eid, session);
            listener.changed(eid);
        } else if (lease.epoch() != epoch) {
            boolean yields = yields(eid, lease, session, epoch, owners);
            boolean isExtended = epoch > lease.newest();
            leases.put(eid, yields ? lease.takenOver(claim.session(), epoch) : lease.extendedTo(epoch));
            if (yields && !lease.owner().equals(session)) {
                listener.heldBy(eid, session);
            }
            if (yields || isExtended) {
                listener.changed(eid);
            }
        }
        return claim;
    }

    private boolean yields(Eid eid, Lease lease, Jid session, long epoch, Owners owners) {
        if (!lease.owner().account().equals(session.account()) && !owners.mayUse(eid, lease.owner())) {
            return true;
        }
        boolean ownerLives = isPresent(lease);
        boolean publisherLives = !sessions.hasEnded(session);
        return publisherLives == ownerLives ? epoch > lease.epoch() : publisherLives;
    }

    private boolean isPresent(Lease lease) {
        return lease.isHere() ? lease.epoch() == sessions.ofPresent(lease.owner()) : lease.isPresent();
    }

    /** All sessions that have not ended. */
    public synchronized List<Jid> sessions() {
        return sessions.present();
    }

    /** The epoch of {@code session}; 0 if it is unknown. */
    public synchronized long epoch(Jid session) {
        return sessions.of(session);
    }

    /** Whether {@code session} has ended and not begun again. */
    public synchronized boolean hasEnded(Jid session) {
        return sessions.hasEnded(session);
    }

    /**
     * A session has published everything after its login: older entries of its servers are over. Its servers are those that it has the
     * lease of, and those that it had the lease of last under the same full address.
     */
    public synchronized Stale completeLogin(Jid session) {
        LeaseClaim claim = sessions.claim(session);
        sessions.complete(session);
        Map<Eid, Long> left = new HashMap<>();
        leases.replaceAll((eid, lease) -> {
            if (!lease.owner().equals(session)) {
                return lease;
            }
            left.put(eid, Math.max(lease.newest(), claim.epoch()));
            return lease.isHere() ? lease : lease.takenOver(claim.session(), claim.epoch()); // it has moved here
        });
        left.keySet().forEach(listener::changed);
        return new Stale(left, claim.epoch());
    }

    /**
     * A session has ended.
     *
     * @param epoch the one that it had; if it has begun anew since, or has ended before, nothing happens
     * @return the argument for {@link #expire} when the grace is over; {@code null} if nothing happened
     */
    public synchronized @Nullable EndedSession end(Jid session, long epoch) {
        EndedSession ending = sessions.end(session, epoch);
        if (ending != null) {
            changed(session);
        }
        return ending;
    }

    /** The grace period of a session that has ended is over: entries that no other session has taken over since end, too. */
    public synchronized Stale expire(EndedSession ending) {
        if (ending.isRevoked) {
            return new Stale(Map.of(), Stale.NONE);
        }
        sessions.expire(ending);
        Map<Eid, Long> left = leftBy(ending.session, ending.epoch);
        left.keySet().forEach(eid -> {
            leases.remove(eid);
            listener.heldBy(eid, null);
            listener.changed(eid);
        });
        cluster.expired(ending);
        return new Stale(left, Stale.NONE);
    }

    /** The EIDs for which a session publishes that is connected to this node; those of sessions that have ended within the grace period, too. */
    public synchronized List<Eid> published() {
        return leases.entrySet().stream()
                .filter(each ->
                        each.getValue().isHere() && epoch(each.getValue().owner()) > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The lease of an EID, if its session is connected to this node, or was; else {@code null}. */
    public synchronized @Nullable PublishedLease published(Eid eid) {
        Lease lease = leases.get(eid);
        long epoch = lease == null || !lease.isHere() ? 0 : epoch(lease.owner());
        return lease == null || epoch == 0
                ? null
                : new PublishedLease(lease.owner(), epoch, Math.max(lease.newest(), epoch), !hasEnded(lease.owner()));
    }

    /**
     * Takes a lease of another node. One whose session is present counts, of two such the one whose session began later.
     *
     * @param given {@code null} if the node has no lease of the EID any more
     */
    public synchronized void adopt(Eid eid, String node, @Nullable PublishedLease given) {
        cluster.adopt(eid, node, given);
    }

    /** Another node is lost: none of its sessions is present. Returns their leases, for {@link #expire(Map)} after the grace period. */
    public synchronized Map<Eid, LostLease> lose(String node) {
        return cluster.lose(node);
    }

    /** The grace period of leases of a lost node is over: those end whose sessions are not back at any node. */
    public synchronized Stale expire(Map<Eid, LostLease> lost) {
        return cluster.expire(lost);
    }

    private void changed(Jid session) {
        leases.forEach((eid, lease) -> {
            if (lease.isHere() && lease.owner().equals(session)) {
                listener.changed(eid);
            }
        });
    }

    /** The servers of {@code session}, as far as it published for them in that epoch or an older one. */
    private Map<Eid, Long> leftBy(Jid session, long epoch) {
        Map<Eid, Long> left = new HashMap<>();
        leases.forEach((eid, lease) -> {
            if (lease.isHere() && lease.owner().equals(session) && lease.epoch() <= epoch) {
                left.put(eid, lease.newest());
            }
        });
        return left;
    }
}
