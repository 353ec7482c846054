// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;

/**
 * A change of the policy while a server publishes: how long it takes, and how long it holds up a publish. Two hundred sites with twenty
 * rules each, a subscriber in each, and a million entries; in real time.
 */
final class PolicyRun {

    private static final long MOST_MS = 2_000;
    private static final long MOST_HELD_UP_MS = 50;
    private static final int ROUNDS = 3;
    private static final int BESIDE_MS = 1_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int sites;
    private final int devices;
    private final LongAdder notifications = new LongAdder();

    /** @param quick for figures that only show that it works */
    PolicyRun(boolean quick) {
        this.sites = quick ? 20 : 200;
        this.devices = quick ? 500 : 5_000;
    }

    List<Budget> run() throws InterruptedException {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        try {
            DeviceStateService service = new DeviceStateService(
                    Bench.SERVICE,
                    NodeOwnership.SHARED,
                    SitesPolicy.of(sites, 0),
                    new Host(
                            Clock.of(System::currentTimeMillis, System::nanoTime),
                            (task, delayMs) -> {
                                var unused = threads.schedule(task, delayMs, TimeUnit.MILLISECONDS);
                            },
                            (to, stanza) -> count(stanza)));
            fill(service);
            return List.of(measure(service, 1), measure(service, sites));
        } finally {
            threads.shutdownNow();
        }
    }

    private void count(XmlElement stanza) {
        if (stanza.name().equals("message")) {
            notifications.increment();
        }
    }

    private void fill(DeviceStateService service) throws InterruptedException {
        for (int site = 0; site < sites; site++) {
            service.handle(SitesPolicy.server(site), Bench.subscription(SitesPolicy.server(site)));
        }
        for (int device = 0; device < devices; device++) {
            for (int site = 0; site < sites; site++) {
                service.handle(
                        SitesPolicy.server(site),
                        PublishStanza.state(SitesPolicy.device(device), Bench.eid(site), "NOT_INUSE"));
            }
        }
        if (service.status().entries() != sites * devices) {
            throw new IllegalStateException("only " + service.status().entries() + " entries");
        }
        settle(service);
    }

    private static void settle(DeviceStateService service) throws InterruptedException {
        while (service.status().queues().queued() > 0) {
            Thread.sleep(20);
        }
    }

    /** @param changed how many sites have other rules */
    private Budget measure(DeviceStateService service, int changed) throws InterruptedException {
        Policy before = service.policy();
        Policy after = SitesPolicy.of(sites, changed);
        double slowestMs = 0;
        double cpuMs = 0;
        double heldUpMs = 0;
        long sent = 0;
        ContinuousPublisher alone = new ContinuousPublisher(service, sites);
        Thread.sleep(BESIDE_MS);
        double aloneMs = alone.end();
        for (int round = 0; round < ROUNDS; round++) {
            notifications.reset();
            ContinuousPublisher publisher = new ContinuousPublisher(service, sites);
            long fromCpuNanos = THREADS.getCurrentThreadCpuTime();
            long fromNanos = System.nanoTime();
            service.setPolicy(after);
            slowestMs = Math.max(slowestMs, (System.nanoTime() - fromNanos) / 1e6);
            cpuMs = Math.max(cpuMs, (THREADS.getCurrentThreadCpuTime() - fromCpuNanos) / 1e6);
            heldUpMs = Math.max(heldUpMs, publisher.end());
            settle(service);
            sent = Math.max(sent, notifications.sum());
            service.setPolicy(before);
            settle(service);
        }
        String measured = String.format(
                Locale.ROOT,
                "%,.0f ms (processor %,.0f), publish %,.0f (else %,.0f)",
                slowestMs,
                cpuMs,
                heldUpMs,
                aloneMs);
        System.out.printf(Locale.ROOT, "   %,d sites change: %,d notifications%n", changed, sent);
        return new Budget(
                String.format(
                        Locale.ROOT, "policy of %d sites changes in %d, %,d entries", sites, changed, sites * devices),
                measured,
                MOST_MS + " ms, a publish " + MOST_HELD_UP_MS + " ms",
                slowestMs <= MOST_MS && heldUpMs <= MOST_HELD_UP_MS);
    }

    /** A server that publishes a queue's state over and over, one at a time. */
    private static final class ContinuousPublisher {
        private final DeviceStateService service;
        private final int sites;
        private final Thread thread = new Thread(this::publish, "publisher");
        private volatile boolean ends;
        private long longestNanos;
        private boolean isBusy;

        ContinuousPublisher(DeviceStateService service, int sites) {
            this.service = service;
            this.sites = sites;
            thread.start();
        }

        private void publish() {
            for (int number = 0; !ends; number++) {
                int site = number % sites;
                isBusy = site == 0 ? !isBusy : isBusy;
                Jid server = SitesPolicy.server(site);
                XmlElement stanza = PublishStanza.state(
                        SitesPolicy.device(number / sites % 80), Bench.eid(site), isBusy ? "INUSE" : "NOT_INUSE");
                long fromNanos = System.nanoTime();
                service.handle(server, stanza);
                longestNanos = Math.max(longestNanos, System.nanoTime() - fromNanos);
            }
        }

        /** Ends it. Returns how long the slowest publish took, in milliseconds. */
        double end() throws InterruptedException {
            ends = true;
            thread.join();
            return longestNanos / 1e6;
        }
    }
}
