// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.sessions.Leases.EndedSession;
import org.devstate.core.sessions.Leases.EpochSource;
import org.devstate.core.sessions.Leases.LeaseClaim;
import org.jspecify.annotations.Nullable;

/** The sessions of this node, each with its epoch, and those of them that have ended within the grace period. Guarded by the lock of {@link Leases}. */
final class SessionEpochs {

    private final Map<Jid, LeaseClaim> claims = new HashMap<>();

    /** Sessions that have ended within the grace: a stanza of theirs that is late must not bring them back to life. */
    private final Map<Jid, EndedSession> endings = new HashMap<>();

    /** Sessions that have published everything since they began. */
    private final Set<Jid> complete = new HashSet<>();

    private final EpochSource source;
    private long last;

    SessionEpochs(EpochSource source) {
        this.source = source;
    }

    /** The highest epoch so far. */
    long last() {
        return last;
    }

    /** Another node has given this epoch. */
    void advanceTo(long epoch) {
        last = Math.max(last, epoch);
    }

    private long next() {
        last = Math.max(last + 1, source.least());
        return last;
    }

    /**
     * A session begins, or begins anew.
     *
     * @return whether one under the same address had ended, and its grace was not over
     */
    boolean begin(Jid session) {
        boolean returned = endings.remove(session) != null;
        complete.remove(session);
        claims.put(session, new LeaseClaim(session, next()));
        return returned;
    }

    /** A session that has ended turns out to be there. Returns whether it had ended. */
    boolean revive(Jid session) {
        EndedSession ending = endings.remove(session);
        if (ending != null) {
            ending.revoke();
        }
        return ending != null;
    }

    /** The claim of {@code session}; it begins if it is unknown. */
    LeaseClaim claim(Jid session) {
        return claims.computeIfAbsent(session, jid -> new LeaseClaim(jid, next()));
    }

    /** The epoch of {@code session}, whether it has ended or not; 0 if it is unknown. */
    long of(Jid session) {
        LeaseClaim claim = claims.get(session);
        return claim == null ? 0 : claim.epoch();
    }

    /** The epoch of {@code session}; 0 if it is unknown, or has ended. */
    long ofPresent(Jid session) {
        return hasEnded(session) ? 0 : of(session);
    }

    /** Whether {@code session} has ended and not begun again. */
    boolean hasEnded(Jid session) {
        return endings.containsKey(session);
    }

    /** All sessions that have not ended. */
    List<Jid> present() {
        return claims.keySet().stream().filter(session -> !hasEnded(session)).toList();
    }

    /** {@code session} has published everything since it began. */
    void complete(Jid session) {
        complete.add(session);
    }

    boolean isComplete(Jid session) {
        return complete.contains(session);
    }

    /** A session has ended; {@code null} if it has begun anew since, or has ended before. */
    @Nullable
    EndedSession end(Jid session, long epoch) {
        if (epoch == 0 || of(session) != epoch || hasEnded(session)) {
            return null;
        }
        EndedSession ending = new EndedSession(session, epoch);
        endings.put(session, ending);
        return ending;
    }

    /** The grace period of a session that has ended is over: unless it has begun again, nothing is known of it any more. */
    void expire(EndedSession ending) {
        if (endings.remove(ending.session(), ending)) {
            claims.remove(ending.session());
            complete.remove(ending.session());
        }
    }
}
