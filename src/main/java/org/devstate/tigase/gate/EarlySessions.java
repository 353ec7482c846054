// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Scheduler;
import tigase.xmpp.XMPPIOService;

/** Disconnects the sessions that logged in before the service was there: an Asterisk subscribes only after a login. Thread-safe. */
public final class EarlySessions {

    private static final System.Logger LOG = System.getLogger(EarlySessions.class.getName());

    /** Milliseconds until they are disconnected: by then the component can be reached, and the request that caused this is answered. */
    private static final long DELAY_MS = 1_000;

    private final Scheduler scheduler;

    public EarlySessions(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Closes those of {@code connections} a moment later whose sessions match and are still there by then. */
    public void sendAwaySoon(List<XMPPIOService<?>> connections, Predicate<Jid> sessions) {
        scheduler.schedule(() -> sendAway(connections, sessions), DELAY_MS);
    }

    private static void sendAway(List<XMPPIOService<?>> connections, Predicate<Jid> sessions) {
        int closed = ClientConnections.close(connections, sessions);
        if (closed > 0) {
            LOG.log(
                    Level.INFO,
                    closed
                            + " sessions of Asterisk servers connected before they were admitted; they are disconnected once, so that they log in again");
        }
    }
}
