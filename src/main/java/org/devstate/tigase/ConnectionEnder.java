package org.devstate.tigase;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.SessionEnder;

/** Ends sessions by closing their connections, in a moment, when whoever asked for it has been answered. Thread-safe. */
final class ConnectionEnder implements SessionEnder {

    /** Milliseconds until the connections are closed. */
    static final long DELAY_MS = 500;

    private final Scheduler scheduler;

    ConnectionEnder(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void end(Collection<Jid> sessions, Consumer<Outcome> done) {
        Set<Jid> wanted = Set.copyOf(sessions);
        List<Jid> here = ClientConnections.sessions();
        List<Jid> missing = wanted.stream()
                .filter(jid -> here.stream().noneMatch(isOneOf(Set.of(jid))))
                .toList();
        scheduler.schedule(() -> ClientConnections.close(ClientConnections.now(), isOneOf(wanted)), DELAY_MS);
        done.accept(
                missing.isEmpty()
                        ? new Outcome.Ended()
                        : new Outcome.Failed("No connection of these is known: " + missing
                                + ". Either they are logged in at another XMPP server, or they are not logged in, or asterisk-gate is"
                                + " not active in etc/config.tdsl. The connections of all others are closed"));
    }

    /** Whether a session is one of those, or of an account among them. */
    private static Predicate<Jid> isOneOf(Set<Jid> wanted) {
        return session -> wanted.contains(session) || wanted.contains(new Jid(session.bare(), ""));
    }
}
