// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.spi.Clock;
import org.devstate.core.spi.HostQueue;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.stats.LossCounters;

/** What all outboxes share: the clock, the pacer, the host's capacity and the count of losses. Thread-safe. */
public final class DeliveryContext {

    final Clock clock;
    final Pacer pacer;
    final HostFlow hostFlow;
    final LossCounters losses;

    DeliveryContext(Clock clock, Pacer pacer, HostFlow hostFlow, LossCounters losses) {
        this.clock = clock;
        this.pacer = pacer;
        this.hostFlow = hostFlow;
        this.losses = losses;
    }

    /**
     * The context for a host.
     *
     * @param clock for the time since a notification was sent
     * @param scheduler runs the notifications that cannot be sent yet; it has one task for all subscribers, and none while nothing
     *     waits
     * @param hostQueue as long as a lot waits there, notifications are held back
     */
    public static DeliveryContext of(Clock clock, Scheduler scheduler, HostQueue hostQueue) {
        return new DeliveryContext(
                clock, new Pacer(clock, scheduler), new HostFlow(clock, hostQueue), new LossCounters());
    }
}
