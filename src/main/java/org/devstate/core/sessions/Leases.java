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
        private boolean revoked;

        private EndedSession(Jid session, long epoch) {
            this.session = session;
            this.epoch = epoch;
        }

        public Jid session() {
            return session;
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
    }

    /**
     * @param epoch that of the owner
     * @param newest the highest one that any entry of the server may bear
     */
    private record Lease(Jid owner, long epoch, long newest) {

        Lease extendedTo(long other) {
            return other <= newest ? this : new Lease(owner, epoch, other);
        }

        Lease takenOver(Jid session, long by) {
            return new Lease(session, by, Math.max(newest, by));
        }
    }

    private final Map<Jid, LeaseClaim> claims = new HashMap<>();
    private final Map<Eid, Lease> leases = new HashMap<>();

    /** Sessions that have ended within the grace: a stanza of theirs that is late must not bring them back to life. */
    private final Map<Jid, EndedSession> endings = new HashMap<>();

    private final LeaseListener listener;
    private long lastEpoch;

    public Leases() {
        this((eid, session) -> {});
    }

    /** @param listener receives the session that publishes for an EID, but no restored lease */
    public Leases(LeaseListener listener) {
        this.listener = listener;
    }

    /** Restores the session that published last for an EID before a restart. */
    public synchronized void restore(Eid eid, Jid session) {
        leases.putIfAbsent(eid, new Lease(session, Stale.NONE, 0));
    }

    /** Whether a present session publishes for the EID: one that has not ended, and has published since a restart. */
    public synchronized boolean isHeld(Eid eid) {
        Lease lease = leases.get(eid);
        return lease != null && claims.containsKey(lease.owner) && !hasEnded(lease.owner);
    }

    /**
     * A session begins, or begins anew: its lease covers only its publishes from now on.
     *
     * @return whether one under the same address had ended, and its grace was not over
     */
    public synchronized boolean begin(Jid session) {
        boolean returned = endings.remove(session) != null;
        claims.put(session, new LeaseClaim(session, ++lastEpoch));
        return returned;
    }

    /**
     * A session that has ended turns out to be there: it answers again for all that it answered for before, since it may have repeated
     * nothing of it.
     *
     * @return whether it had ended
     */
    public synchronized boolean revive(Jid session) {
        EndedSession ending = endings.remove(session);
        if (ending != null) {
            ending.revoked = true;
        }
        return ending != null;
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
        LeaseClaim claim = claimOf(session);
        long epoch = claim.epoch;
        Lease lease = leases.get(eid);
        if (lease == null) {
            leases.put(eid, new Lease(claim.session, epoch, lastEpoch)); // there may be entries of any that was before
            listener.heldBy(eid, session);
        } else if (lease.epoch != epoch) {
            boolean yields = yields(eid, lease, session, epoch, owners);
            leases.put(eid, yields ? lease.takenOver(claim.session, epoch) : lease.extendedTo(epoch));
            if (yields && !lease.owner.equals(session)) {
                listener.heldBy(eid, session);
            }
        }
        return claim;
    }

    private boolean yields(Eid eid, Lease lease, Jid session, long epoch, Owners owners) {
        if (!lease.owner.account().equals(session.account()) && !owners.mayUse(eid, lease.owner)) {
            return true;
        }
        boolean ownerLives = lease.epoch == epoch(lease.owner) && !hasEnded(lease.owner);
        boolean publisherLives = !hasEnded(session);
        return publisherLives == ownerLives ? epoch > lease.epoch : publisherLives;
    }

    /** All sessions that have not ended. */
    public synchronized List<Jid> sessions() {
        return claims.keySet().stream()
                .filter(session -> !endings.containsKey(session))
                .toList();
    }

    /** The epoch of {@code session}; 0 if it is unknown. */
    public synchronized long epoch(Jid session) {
        LeaseClaim claim = claims.get(session);
        return claim == null ? 0 : claim.epoch;
    }

    /** Whether {@code session} has ended and not begun again. */
    public synchronized boolean hasEnded(Jid session) {
        return endings.containsKey(session);
    }

    /**
     * A session has published everything after its login: older entries of its servers are over. Its servers are those that it has the
     * lease of, and those that it had the lease of last under the same full address.
     */
    public synchronized Stale completeLogin(Jid session) {
        return new Stale(leftBy(session, Long.MAX_VALUE), claimOf(session).epoch);
    }

    /**
     * A session has ended.
     *
     * @param epoch the one that it had; if it has begun anew since, or has ended before, nothing happens
     * @return the argument for {@link #expire} when the grace is over; {@code null} if nothing happened
     */
    public synchronized @Nullable EndedSession end(Jid session, long epoch) {
        if (epoch == 0 || epoch(session) != epoch || hasEnded(session)) {
            return null;
        }
        EndedSession ending = new EndedSession(session, epoch);
        endings.put(session, ending);
        return ending;
    }

    /** The grace period of a session that has ended is over: entries that no other session has taken over since end, too. */
    public synchronized Stale expire(EndedSession ending) {
        if (ending.revoked) {
            return new Stale(Map.of(), Stale.NONE);
        }
        if (endings.remove(ending.session, ending)) {
            claims.remove(ending.session);
        }
        Map<Eid, Long> left = leftBy(ending.session, ending.epoch);
        left.keySet().forEach(eid -> {
            leases.remove(eid);
            listener.heldBy(eid, null);
        });
        return new Stale(left, Stale.NONE);
    }

    /** The servers of {@code session}, as far as it published for them in that epoch or an older one. */
    private Map<Eid, Long> leftBy(Jid session, long epoch) {
        Map<Eid, Long> left = new HashMap<>();
        leases.forEach((eid, lease) -> {
            if (lease.owner.equals(session) && lease.epoch <= epoch) {
                left.put(eid, lease.newest);
            }
        });
        return left;
    }

    private LeaseClaim claimOf(Jid session) {
        return claims.computeIfAbsent(session, jid -> new LeaseClaim(jid, ++lastEpoch));
    }
}
