// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits until servers are idle, so that the backlog of one measurement does not count in the next. */
public final class Idleness {

    private static final long LOOK_NANOS = 500_000_000;

    /** A tenth of a core. */
    private static final long BUSY_NANOS = LOOK_NANOS / 10;

    private Idleness() {}

    /** Returns whether they were idle within that time. */
    public static boolean await(List<Contestant> servers, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            long before = used(servers);
            LockSupport.parkNanos(LOOK_NANOS);
            if (used(servers) - before < BUSY_NANOS) {
                return true;
            }
        }
        return false;
    }

    private static long used(List<Contestant> servers) {
        return servers.stream()
                .mapToLong(server -> CpuTime.of(server.pids()).serverNanos())
                .sum();
    }
}
