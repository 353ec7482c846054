package org.devstate.core.delivery;

import org.devstate.core.spi.Clock;
import org.devstate.core.spi.HostQueue;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.stats.LossCounters;

/** What all outboxes send through: they share its time, its turns, the host's capacity and the count of losses. Thread-safe. */
public final class Outlet {

    final Clock clock;
    final Pacer pacer;
    final HostFlow hostFlow;
    final LossCounters losses;

    Outlet(Clock clock, Pacer pacer, HostFlow hostFlow, LossCounters losses) {
        this.clock = clock;
        this.pacer = pacer;
        this.hostFlow = hostFlow;
        this.losses = losses;
    }

    /**
     * The outlet to a host.
     *
     * @param clock for the time since a notification was sent
     * @param scheduler runs the notifications that cannot be sent yet; it has one task for all subscribers, and none while nothing
     *     waits
     * @param hostQueue as long as a lot waits there, notifications are held back
     */
    public static Outlet of(Clock clock, Scheduler scheduler, HostQueue hostQueue) {
        return new Outlet(clock, new Pacer(clock, scheduler), new HostFlow(clock, hostQueue), new LossCounters());
    }
}
