package org.devstate.tigase.gate;

import java.util.function.Predicate;
import org.devstate.core.DeviceStateService;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Scheduler;

/**
 * Ends the sessions that the server no longer has. Each is looked at twice: a session that sent unavailable presence may still be
 * there, and another may have taken the place of one that has gone. Thread-safe.
 */
public final class AbsentSessions {

    /** Milliseconds that Tigase gets to take a session that is gone out of its books. */
    static final long LOOK_AGAIN_MS = 500;

    private final Predicate<Jid> isAway;
    private final Scheduler scheduler;

    /** @param isAway whether the server would have a session and has it not; asked often */
    public AbsentSessions(Predicate<Jid> isAway, Scheduler scheduler) {
        this.isAway = isAway;
        this.scheduler = scheduler;
    }

    /** Ends {@code session} if it is away in a moment, and is not another by then. */
    public void suspect(DeviceStateService service, Jid session) {
        long epoch = service.epoch(session);
        if (epoch != 0) {
            scheduler.schedule(() -> endIfAway(service, session, epoch), LOOK_AGAIN_MS);
        }
    }

    /** Suspects all absent sessions: Tigase does not announce the end of those that never sent presence. */
    public void sweep(DeviceStateService service) {
        for (Jid session : service.sessions()) {
            if (isAway.test(session)) {
                suspect(service, session);
            }
        }
    }

    private void endIfAway(DeviceStateService service, Jid session, long epoch) {
        if (isAway.test(session)) {
            service.sessionEnded(session, epoch);
        }
    }
}
