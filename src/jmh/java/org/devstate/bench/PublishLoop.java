// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;

/**
 * Publishes changes of devices in turn, as {@link PublishBenchmark} does: a device comes round after its window has closed, so that nothing is
 * coalesced. For one thread.
 */
final class PublishLoop {

    /** A window is 100 ms: a device comes round after twice that at least. */
    private static final int TURN_MS = 200;

    private static final int MOST_PER_MS = 50;
    private static final double NANOS = 1e9;

    private final Bench bench;
    private final Jid[] servers;
    private final XmlElement[] stanzas;
    private final int perMs;
    private int published;

    /**
     * @param devices how many devices change
     * @param servers the publisher of each
     * @param busy its publish as in use
     * @param free its publish as not in use
     */
    PublishLoop(
            Bench bench,
            int devices,
            IntFunction<Jid> servers,
            IntFunction<XmlElement> busy,
            IntFunction<XmlElement> free) {
        this.bench = bench;
        this.servers = new Jid[devices];
        this.stanzas = new XmlElement[2 * devices];
        this.perMs = Math.max(1, Math.min(MOST_PER_MS, devices / TURN_MS));
        for (int device = 0; device < devices; device++) {
            this.servers[device] = servers.apply(device);
            this.stanzas[device] = busy.apply(device);
            this.stanzas[devices + device] = free.apply(device);
        }
    }

    /** The publishes a second of processor time, after as long a time without measurement. */
    double perSecond(double seconds) {
        var unused = publishFor(seconds);
        return publishFor(seconds);
    }

    private double publishFor(double seconds) {
        long fromNanos = cpuNanos();
        int from = published;
        while (cpuNanos() - fromNanos < seconds * NANOS) {
            for (int i = 0; i < perMs; i++) {
                int number = published++ % stanzas.length;
                bench.service.handle(servers[number % servers.length], stanzas[number]);
            }
            bench.scheduler.advance(1);
        }
        return (published - from) * NANOS / (cpuNanos() - fromNanos);
    }

    /** How many publishes there were. */
    int published() {
        return published;
    }

    /** The processor time of this thread. */
    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
