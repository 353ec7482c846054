// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.time.Duration;
import org.devstate.core.spi.Clock;

/**
 * The pauses between two attempts to connect. They are shortest for the first minute, so that after a restart of the XMPP
 * server the component reconnects before the Asterisk servers do. Then each pause is longer than the one before. Not thread-safe.
 */
public final class ReconnectPauses {

    /** How long the pauses stay short. */
    static final Duration STEADY = Duration.ofMinutes(1);

    private final Duration shortest;
    private final Duration longest;
    private final Clock clock;
    private long lostAtNanos;
    private Duration next;

    public ReconnectPauses(Duration shortest, Duration longest, Clock clock) {
        this.shortest = shortest;
        this.longest = longest;
        this.clock = clock;
        this.next = shortest;
        this.lostAtNanos = clock.monotonicNanos();
    }

    /** Starts again with the shortest pause, because the connection was lost now. */
    public void begin() {
        lostAtNanos = clock.monotonicNanos();
        next = shortest;
    }

    /** Returns the pause before the next attempt. */
    public Duration next() {
        Duration pause = next;
        if (clock.monotonicNanos() - lostAtNanos >= STEADY.toNanos()) {
            Duration doubled = pause.multipliedBy(2);
            next = doubled.compareTo(longest) > 0 ? longest : doubled;
        }
        return pause;
    }
}
