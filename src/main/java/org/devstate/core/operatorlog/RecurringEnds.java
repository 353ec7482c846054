// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;

/**
 * Finds sessions that end again and again at the same pace, as those of a server that waits for answers which never come. Of more than
 * {@value #MOST} sessions, those that have not ended for the longest time are forgotten. Thread-safe.
 */
final class RecurringEnds {

    /** How many ends in a row show a pace: one interval less. */
    static final int ENDS = 4;

    static final int MOST = 1_000;

    private static final long NANOS_A_MS = 1_000_000;
    private static final long SHORTEST_MS = 5_000;
    private static final long LONGEST_MS = 900_000;
    private static final long LEAST_TOLERANCE_MS = 5_000;

    /** The ends of one session. */
    private static final class Ends {
        private final long[] atMs = new long[ENDS];
        private int count;
        private boolean named;
    }

    private final Clock clock;
    private final Map<Jid, Ends> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Jid, Ends> eldest) {
            return size() > MOST;
        }
    };

    RecurringEnds(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes that a session has ended now.
     *
     * @return the milliseconds between its ends if it has a pace, and this is the first time that it shows; otherwise 0
     */
    synchronized long paceMs(Jid session) {
        Ends ends = sessions.computeIfAbsent(session, same -> new Ends());
        System.arraycopy(ends.atMs, 1, ends.atMs, 0, ENDS - 1);
        ends.atMs[ENDS - 1] = clock.monotonicNanos() / NANOS_A_MS;
        ends.count++;
        if (ends.count < ENDS || ends.named) {
            return 0;
        }
        long pace = (ends.atMs[ENDS - 1] - ends.atMs[0]) / (ENDS - 1);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 1; i < ENDS; i++) {
            shortest = Math.min(shortest, ends.atMs[i] - ends.atMs[i - 1]);
            longest = Math.max(longest, ends.atMs[i] - ends.atMs[i - 1]);
        }
        boolean steady = longest - shortest <= Math.max(LEAST_TOLERANCE_MS, pace / 4);
        ends.named = steady && pace >= SHORTEST_MS && pace <= LONGEST_MS;
        return ends.named ? pace : 0;
    }
}
