// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.devstate.core.model.Jid;

/** Ten thousand entries to one server that joins, in simulated time, which is that of the pauses; and the processor time of it. */
final class SnapshotRun {

    private static final int ENTRIES = 10_000;
    private static final int ROUNDS = 30;
    private static final long MOST_MS = 2_000;

    private long sent;

    Budget run() {
        Bench bench = new Bench((to, stanza) -> sent += stanza.name().equals("message") ? 1 : 0);
        for (int i = 0; i < ENTRIES; i++) {
            bench.service.handle(Bench.server(0), PublishStanza.state("PJSIP/" + i, Bench.eid(0), "INUSE"));
        }
        long tookMs = 0;
        long cpuNanos = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            sent = 0;
            long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            tookMs = join(bench, Bench.server(round));
            cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
        }
        String measured =
                String.format(Locale.ROOT, "%,d ms to the last, %.1f ms of processor time", tookMs, cpuNanos / 1e6);
        return new Budget("snapshot of 10,000 entries to a joining server", measured, "2,000 ms", tookMs <= MOST_MS);
    }

    /** How long it takes until the whole snapshot has been sent, in simulated milliseconds. */
    private long join(Bench bench, Jid server) {
        long fromMs = bench.clock.elapsedMs();
        bench.subscribe(server);
        while (sent < ENTRIES && bench.clock.elapsedMs() < fromMs + 60_000) {
            bench.scheduler.advance(1);
        }
        long tookMs = bench.clock.elapsedMs() - fromMs;
        bench.service.sessionEnded(server);
        bench.scheduler.advance(1_000);
        if (sent != ENTRIES) {
            throw new IllegalStateException(sent + " of " + ENTRIES + " entries were sent");
        }
        return tookMs;
    }
}
