// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.devstate.core.model.Jid;

/**
 * The heap of a million entries: 200 servers with 5,000 devices each. Names and addresses are made anew for each publish, as a
 * host's parser makes them.
 */
final class HeapRun {

    private static final int SERVERS = 200;
    private static final int DEVICES = 5_000;
    private static final double MOST_MB = 250;
    private static final double MB = 1024 * 1024;

    Budget run() {
        long before = used();
        Bench bench = new Bench((to, stanza) -> {});
        for (int device = 0; device < DEVICES; device++) {
            for (int server = 0; server < SERVERS; server++) {
                Jid from = Jid.of("pbx" + server + "@example.net/asterisk");
                bench.service.handle(
                        from, PublishStanza.state("PJSIP/" + (10_000 + device), Bench.eid(server), "NOT_INUSE"));
            }
        }
        long after = used();
        if (bench.service.status().entries() != SERVERS * DEVICES) {
            throw new IllegalStateException("only " + bench.service.status().entries() + " entries");
        }
        String measured = String.format(
                Locale.ROOT, "%,.0f MB in all, %,d B an entry", after / MB, (after - before) / (SERVERS * DEVICES));
        return new Budget("heap of 1,000,000 entries of 200 servers", measured, "250 MB in all", after / MB < MOST_MB);
    }

    /** Bytes that are in use when all that is garbage is gone. */
    static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
