package org.devstate.core.liveness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * Which session answers for which server's entries. Thread-safe; nothing is called with its lock held.
 *
 * <p>Each session has an epoch, a number that is higher than those of all sessions before it, and entries bear the epoch in which
 * they were last said. So what a server did not repeat since it came back, or never took over from a session that is gone, is
 * what has a lower one.
 */
public final class Leases {

    /** What is over: the entries of these servers, as far as they are of that epoch or an older one. */
    public record Stale(Set<Eid> eids, long epoch) {

        /** Whether nothing is. */
        public boolean isEmpty() {
            return eids.isEmpty();
        }
    }

    /** A session that has ended, and the leases that it left: what {@link #expire} is to be told when the grace is over. */
    public static final class Ending {
        private final Jid session;
        private final Map<Eid, Lease> leases;

        private Ending(Jid session, Map<Eid, Lease> leases) {
            this.session = session;
            this.leases = leases;
        }
    }

    private record Lease(Jid owner, long epoch) {}

    private final Map<Jid, Long> epochs = new HashMap<>();
    private final Map<Eid, Lease> leases = new HashMap<>();

    /** Sessions that have ended within the grace: a stanza of theirs that is late must not bring them back to life. */
    private final Map<Jid, Ending> endings = new HashMap<>();

    private long lastEpoch;

    /**
     * A session begins, or begins anew: what it says from now on is all that it answers for.
     *
     * @return whether one under the same address had ended, and its grace was not over
     */
    public synchronized boolean begin(Jid session) {
        boolean returned = endings.remove(session) != null;
        epochs.put(session, ++lastEpoch);
        return returned;
    }

    /**
     * A session speaks for a server, and takes it over from any other.
     *
     * @return the epoch that the entry is to bear
     */
    public synchronized long speaksFor(Eid eid, Jid session) {
        long epoch = epochOf(session);
        Lease lease = leases.get(eid);
        if (lease == null || lease.epoch != epoch || !lease.owner.equals(session)) {
            lease = new Lease(session, epoch);
            leases.put(eid, lease);
        }
        Ending ending = endings.get(session);
        if (ending != null) {
            ending.leases.put(eid, lease); // a late one; it expires with the others
        }
        return epoch;
    }

    /** A session is there, though it may never speak for a server. */
    public synchronized void introduce(Jid session) {
        epochOf(session);
    }

    /** All sessions that have not ended. */
    public synchronized List<Jid> sessions() {
        return epochs.keySet().stream()
                .filter(session -> !endings.containsKey(session))
                .toList();
    }

    /** The epoch of {@code session}; 0 where it is unknown. */
    public synchronized long epoch(Jid session) {
        return epochs.getOrDefault(session, 0L);
    }

    /** Whether {@code session} has ended and not begun again. */
    public synchronized boolean hasEnded(Jid session) {
        return endings.containsKey(session);
    }

    /**
     * A session has said all that it had to say when it began: what is left of its servers from before is over. Its servers are
     * those that it speaks for, and those that it spoke for last under the same full address.
     */
    public synchronized Stale saidAll(Jid session) {
        Set<Eid> eids = new HashSet<>();
        leases.forEach((eid, lease) -> {
            if (lease.owner.equals(session)) {
                eids.add(eid);
            }
        });
        return new Stale(eids, epochOf(session) - 1);
    }

    /**
     * A session has ended.
     *
     * @param epoch the one that it had; where it has begun anew since, nothing happens
     * @return what {@link #expire} is to be told when the grace is over; {@code null} where nothing happened
     */
    public synchronized @Nullable Ending end(Jid session, long epoch) {
        if (epoch == 0 || epoch(session) != epoch) {
            return null;
        }
        Map<Eid, Lease> left = new HashMap<>();
        leases.forEach((eid, lease) -> {
            if (lease.owner.equals(session)) {
                left.put(eid, lease);
            }
        });
        Ending ending = new Ending(session, left);
        endings.put(session, ending);
        return ending;
    }

    /** The grace of a session that has ended is over: what nobody has taken over since is over too. */
    public synchronized Stale expire(Ending ending) {
        if (endings.remove(ending.session, ending)) {
            epochs.remove(ending.session);
        }
        Set<Eid> eids = new HashSet<>();
        long epoch = 0;
        for (Map.Entry<Eid, Lease> left : ending.leases.entrySet()) {
            if (leases.remove(left.getKey(), left.getValue())) {
                eids.add(left.getKey());
                epoch = Math.max(epoch, left.getValue().epoch);
            }
        }
        return new Stale(eids, epoch);
    }

    /** How many servers are spoken for, or were within the grace. */
    public synchronized int size() {
        return leases.size();
    }

    private long epochOf(Jid session) {
        return epochs.computeIfAbsent(session, jid -> ++lastEpoch);
    }
}
