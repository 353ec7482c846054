// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.DeviceStateService;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.spi.Scheduler;

/**
 * Ends the sessions that the server no longer has. Each is looked at twice: a session that sent unavailable presence may still be
 * there, and another may have taken the place of one that has gone.
 *
 * <p>An Asterisk that is restarted logs in under the same full JID. If it is back before the second look, the server has a session of
 * that address again, and only its login shows that it is another one. If that has sent a request, it has begun by it, and nothing ends.
 * If it has sent none, as an Asterisk without {@code distribute_events}, the old one ends.
 *
 * <p>Thread-safe.
 */
public final class AbsentSessions {

    /** Milliseconds that Tigase gets to take a session that is gone out of its books. */
    static final long LOOK_AGAIN_MS = 500;

    /** Distinguishes logins. Thread-safe, and quick. */
    @FunctionalInterface
    public interface Logins {

        /** A number that distinguishes two logins under one full JID; 0 if that of {@code session} is unknown. */
        long of(Jid session);
    }

    private final AbsenceCheck absence;
    private final Logins logins;
    private final Scheduler scheduler;

    /** The login that sent the last request of each session. */
    private final Map<DeviceStateService, Map<Jid, Long>> requesters = new ConcurrentHashMap<>();

    public AbsentSessions(AbsenceCheck absence, Logins logins, Scheduler scheduler) {
        this.absence = absence;
        this.logins = logins;
        this.scheduler = scheduler;
    }

    /** To be called with each stanza before {@code service} handles it: a new login ends the subscriptions of the one before. */
    public void noteRequest(DeviceStateService service, Jid session, ElementView stanza) {
        long login = logins.of(session);
        if (login != 0 && login != requester(service, session) && service.concerns(session, stanza)) {
            begin(service, session, login);
        }
    }

    private synchronized void begin(DeviceStateService service, Jid session, long login) {
        if (requestersOf(service).put(session, login) != null) {
            service.sessionReplaced(session);
        }
    }

    /** Ends {@code session} if it is away in a moment, and is not another by then. */
    public void suspect(DeviceStateService service, Jid session) {
        long epoch = service.epoch(session);
        if (epoch != 0) {
            long known = requester(service, session);
            long login = known == 0 ? logins.of(session) : known;
            scheduler.schedule(() -> endIfGone(service, session, epoch, login), LOOK_AGAIN_MS);
        }
    }

    /** Suspects all sessions that are gone: Tigase does not announce the end of those that never sent presence. */
    public void sweep(Collection<DeviceStateService> services) {
        requesters.keySet().retainAll(services);
        services.forEach(this::sweep);
    }

    private void sweep(DeviceStateService service) {
        Collection<Jid> sessions = service.sessions();
        for (Jid session : sessions) {
            long known = requester(service, session);
            if (absence.isAway(session) || (known != 0 && isReplaced(service, session, known))) {
                suspect(service, session);
            }
        }
        Set<Jid> present = Set.copyOf(sessions);
        requestersOf(service)
                .entrySet()
                .removeIf(each -> !present.contains(each.getKey()) && logins.of(each.getKey()) != each.getValue());
    }

    /** With a lock, because a session that begins at the same time must not be ended in the place of the one before. */
    private synchronized void endIfGone(DeviceStateService service, Jid session, long epoch, long login) {
        if (absence.isAway(session) || isReplaced(service, session, login)) {
            service.sessionEnded(session, epoch);
        }
    }

    /** Whether another one than {@code login} is in its place, and has not begun by a request. */
    private boolean isReplaced(DeviceStateService service, Jid session, long login) {
        long now = logins.of(session);
        return now != 0 && now != login && now != requester(service, session);
    }

    private long requester(DeviceStateService service, Jid session) {
        return requestersOf(service).getOrDefault(session, 0L);
    }

    private Map<Jid, Long> requestersOf(DeviceStateService service) {
        return requesters.computeIfAbsent(service, any -> new ConcurrentHashMap<>());
    }
}
