// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.SessionEnder;

/**
 * Ends sessions by closing their connections, a moment after the administrator has been answered. It closes only connections that exist when
 * it is asked: an Asterisk that logs in again meanwhile keeps its new one. A session that Tigase no longer has counts as ended: if Asterisk
 * drops its own connection, the service learns of that a little later than Tigase does. Thread-safe.
 */
public final class ConnectionEnder implements SessionEnder {

    /** Milliseconds until the connections are closed. */
    static final long DELAY_MS = 500;

    /**
     * An open connection.
     *
     * @param session its full JID
     * @param closer closes it, if it is still the connection of that session
     */
    public record Connection(Jid session, Runnable closer) {}

    /** Has the connections of sessions. */
    @FunctionalInterface
    public interface OpenConnections {

        /** Returns those that are open now. */
        Collection<Connection> now();
    }

    private final OpenConnections connections;
    private final AbsenceCheck absence;
    private final Scheduler scheduler;

    public ConnectionEnder(OpenConnections connections, AbsenceCheck absence, Scheduler scheduler) {
        this.connections = connections;
        this.absence = absence;
        this.scheduler = scheduler;
    }

    @Override
    public void end(Collection<Jid> sessions, EndListener done) {
        List<Jid> missing = new ArrayList<>();
        List<Connection> open = List.copyOf(connections.now());
        for (Jid wanted : Set.copyOf(sessions)) {
            List<Connection> ended =
                    open.stream().filter(each -> isOf(wanted, each)).toList();
            ended.forEach(each -> scheduler.schedule(each.closer(), DELAY_MS));
            if (ended.isEmpty()) {
                missing.add(wanted);
            }
        }
        if (missing.stream().allMatch(absence::isAway)) {
            done.ended(new EndOutcome.Ended());
        } else {
            // Tigase closes a connection first, and forgets its session a little later.
            scheduler.schedule(() -> done.ended(outcome(missing)), AbsentSessions.LOOK_AGAIN_MS);
        }
    }

    /** Of sessions that had no connection when they were to be ended. */
    private EndOutcome outcome(List<Jid> missing) {
        List<Connection> open = List.copyOf(connections.now());
        List<String> unknown = missing.stream()
                .filter(wanted -> !absence.isAway(wanted) && open.stream().noneMatch(each -> isOf(wanted, each)))
                .map(Jid::toString)
                .sorted()
                .toList();
        return unknown.isEmpty()
                ? new EndOutcome.Ended()
                : new EndOutcome.NotEnded("The connections of " + String.join(", ", unknown)
                        + " are unknown. Either they are at another XMPP server, or asterisk-gate is not active in etc/config.tdsl."
                        + " The connections of all others are closed");
    }

    /** Whether a connection is that of a session, or of any session of a bare JID. */
    private static boolean isOf(Jid wanted, Connection connection) {
        Jid session = connection.session();
        return wanted.equals(session) || wanted.equals(session.account().jid());
    }
}
