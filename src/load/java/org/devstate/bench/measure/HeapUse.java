// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import java.util.List;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.ServerHeap;

/** The heap that 100,000 entries take in the server's JVM; of ours only. */
public final class HeapUse implements Measurement {

    private static final int ENTRIES = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public void run(Arena arena) {
        long pid = arena.server().heapPid();
        if (pid == 0) {
            return;
        }
        String what = "heap: ";
        try (ClientGroup group = arena.group(Throughput.PUBLISHERS, List.of(), ENTRIES)) {
            long before = ServerHeap.liveBytes(pid);
            new Flood(group, Throughput.UNDER_WAY, ENTRIES / Throughput.PUBLISHERS).start();
            FinalState finalState = FinalState.await(group, LIMIT);
            long after = ServerHeap.liveBytes(pid);
            arena.put(what + "without entries", "MB", Better.NEITHER, before / 1e6);
            arena.put(what + "100,000 entries", "MB", Better.NEITHER, (after - before) / 1e6);
            arena.finish(what, group, finalState);
        }
    }
}
