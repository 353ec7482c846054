// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the allocations of code, by the JVM's own account of the thread. Stateless. */
public final class Allocation {

    private static final int WARM_UP = 20_000;
    private static final int BATCHES = 5;
    private static final int CALLS = 10_000;

    private Allocation() {}

    /**
     * Bytes that {@value #CALLS} calls of {@code action} allocate on this thread, once it has run a while. It is the least of some
     * batches: work that the JVM does once, such as linking a call, is in one of them; the allocations of a call are in each.
     */
    public static long ofManyCalls(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            action.run();
        }
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                action.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
