// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.spi.Clock;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.store.Persister;
import org.jspecify.annotations.Nullable;

/**
 * The parts that a host provides to a service.
 *
 * @param clock for the times of changes, and the time since a notification was sent
 * @param scheduler paces long deliveries, and ends grace periods
 * @param sender takes the service's stanzas
 * @param persister takes the changes that must outlive a restart; called with locks held, it returns at once. See {@link
 *     DeviceStateService#restore}
 * @param cluster the connections to other nodes, which have the same table; {@code null} if there is no cluster
 */
public record Host(
        Clock clock, Scheduler scheduler, StanzaSender sender, Persister persister, @Nullable ClusterLink cluster) {

    /** A host without a cluster. */
    public Host(Clock clock, Scheduler scheduler, StanzaSender sender, Persister persister) {
        this(clock, scheduler, sender, persister, null);
    }

    /** A host that persists nothing. */
    public Host(Clock clock, Scheduler scheduler, StanzaSender sender) {
        this(clock, scheduler, sender, Persister.NONE);
    }
}
