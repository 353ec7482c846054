// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each client may attempt something: some at once, and then one in each period (a token bucket). The clients that have been
 * away longest are forgotten beyond 10,000. Thread-safe.
 */
public final class AttemptLimit {

    private static final int MOST_CLIENTS = 10_000;

    /** When all attempts of a client will be free again. */
    private final Map<String, Instant> freeAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private final int atOnce;
    private final Duration period;
    private final InstantSource clock;

    /**
     * @param atOnce how many attempts are free after a pause, at least 1
     * @param period in which one more becomes free
     */
    public AttemptLimit(int atOnce, Duration period, InstantSource clock) {
        this.atOnce = atOnce;
        this.period = period;
        this.clock = clock;
    }

    /** How long a client must wait for its next attempt; zero if it need not. It counts as no attempt. */
    public synchronized Duration pause(String client) {
        Instant now = clock.instant();
        Instant full = freeAt.getOrDefault(client, now);
        Duration ahead = Duration.between(now, full).minus(period.multipliedBy(atOnce - 1L));
        return ahead.isNegative() ? Duration.ZERO : ahead;
    }

    /** Counts an attempt. */
    public synchronized void count(String client) {
        Instant now = clock.instant();
        Instant full = freeAt.getOrDefault(client, now);
        freeAt.put(client, (full.isBefore(now) ? now : full).plus(period));
    }

    /** Counts an attempt if it is free; else returns how long the client must wait. */
    public synchronized Duration take(String client) {
        Duration pause = pause(client);
        if (pause.isZero()) {
            count(client);
        }
        return pause;
    }
}
