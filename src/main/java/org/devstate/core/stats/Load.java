// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.List;

/**
 * The sessions and entries of one server now, or of all servers of a site together.
 *
 * @param online sessions that are subscribed
 * @param unsubscribed sessions that are connected but not subscribed
 * @param entries devices and mailboxes that were published
 */
public record Load(int online, int unsubscribed, int entries, Traffic traffic) {

    /** That of all together: the lag is the longest of theirs. */
    public static Load sum(List<Load> loads) {
        return new Load(
                loads.stream().mapToInt(Load::online).sum(),
                loads.stream().mapToInt(Load::unsubscribed).sum(),
                loads.stream().mapToInt(Load::entries).sum(),
                new Traffic(
                        loads.stream()
                                .mapToDouble(load -> load.traffic().publishRate())
                                .sum(),
                        loads.stream()
                                .mapToDouble(load -> load.traffic().notificationRate())
                                .sum(),
                        loads.stream()
                                .mapToLong(load -> load.traffic().lagMs())
                                .max()
                                .orElse(0)));
    }
}
