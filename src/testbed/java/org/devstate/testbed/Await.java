// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a real server, which acts in its own time. */
public final class Await {

    private static final long POLL_NANOS = 20_000_000;

    private Await() {}

    /**
     * Checks again and again until {@code condition} holds.
     *
     * @return how long that took
     * @throws AssertionError if it does not hold in time; names {@code what}
     */
    public static Duration until(String what, Duration limit, Callable<Boolean> condition) {
        long start = System.nanoTime();
        while (true) {
            boolean holds = holds(what, condition);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            if (holds) {
                return taken;
            }
            if (taken.compareTo(limit) > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean holds(String what, Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("could not look whether " + what, e);
        }
    }
}
