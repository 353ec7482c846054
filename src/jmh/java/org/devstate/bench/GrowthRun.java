// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;

/**
 * How the core grows with its entries, and with the sites of its policy: publishes with ten subscribers, the heap of an entry, and a change
 * of the policy; in processor time of one thread and simulated time. Each figure has a plot.
 */
final class GrowthRun {

    private static final List<Integer> ENTRIES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> SITES = List.of(1, 10, 100, 500);
    private static final int SERVERS = 200;
    private static final int SUBSCRIBERS = 10;

    /** The most devices that change in turn. */
    private static final int MOST_CHANGING = 10_000;

    /** Changes of the policy, of which the fastest counts. */
    private static final int CHANGES = 3;

    private final boolean quick;
    private final GrowthPlots plots;
    private long sent;

    /**
     * @param quick for figures that only show that it works
     * @param folder takes the plots
     */
    GrowthRun(boolean quick, Path folder) {
        this.quick = quick;
        this.plots = new GrowthPlots(folder);
    }

    List<Budget> run() throws IOException {
        List<Budget> rows = new ArrayList<>();
        rows.addAll(byEntries(quick ? ENTRIES.subList(0, 2) : ENTRIES));
        rows.addAll(bySites(quick ? SITES.subList(0, 2) : SITES));
        return rows;
    }

    private List<Budget> byEntries(List<Integer> steps) throws IOException {
        List<EntriesStep> taken = steps.stream().map(this::withEntries).toList();
        List<Double> publishes = taken.stream().map(EntriesStep::publishes).toList();
        List<Double> bytes = taken.stream().map(EntriesStep::bytes).toList();
        plots.save("entries", steps, "publishes a second of a core, with 10 subscribers", "publishes", publishes);
        plots.save("entries", steps, "bytes of heap for each entry", "heap", bytes);
        return rows("%,d entries", "%,.0f publishes/s a core, %,.0f B an entry", steps, publishes, bytes);
    }

    private List<Budget> bySites(List<Integer> steps) throws IOException {
        List<SitesStep> taken = steps.stream().map(this::withSites).toList();
        List<Double> publishes = taken.stream().map(SitesStep::publishes).toList();
        List<Double> changes = taken.stream().map(SitesStep::changeMs).toList();
        plots.save("sites", steps, "publishes a second of a core, with 10 subscribers", "publishes", publishes);
        plots.save("sites", steps, "milliseconds of processor time", "policy-change", changes);
        return rows("%,d sites", "%,.0f publishes/s a core, policy in %,.0f ms", steps, publishes, changes);
    }

    private static List<Budget> rows(
            String what, String figures, List<Integer> steps, List<Double> first, List<Double> second) {
        List<Budget> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            rows.add(Budget.none(
                    String.format(Locale.ROOT, "growth: " + what + ", 10 subscribers", steps.get(i)),
                    String.format(Locale.ROOT, figures, first.get(i), second.get(i))));
        }
        return rows;
    }

    private record EntriesStep(double publishes, double bytes) {}

    private record SitesStep(double publishes, double changeMs) {}

    private EntriesStep withEntries(int count) {
        long before = HeapRun.used();
        Bench bench = new Bench((to, stanza) -> sent++);
        for (int number = 0; number < count; number++) {
            bench.service.handle(Bench.server(number % SERVERS), phone(number, "NOT_INUSE"));
        }
        double bytes = (HeapRun.used() - before) / (double) count;
        if (bench.service.status().entries() != count) {
            throw new IllegalStateException(bench.service.status().entries() + " entries");
        }
        bench.subscribeToAll(SUBSCRIBERS);
        int changing = Math.min(MOST_CHANGING, count);
        int stride = count / changing;
        PublishLoop loop = new PublishLoop(
                bench,
                changing,
                number -> Bench.server(number * stride % SERVERS),
                number -> phone(number * stride, "INUSE"),
                number -> phone(number * stride, "NOT_INUSE"));
        EntriesStep step = new EntriesStep(publishes(bench, loop), bytes);
        System.out.printf(Locale.ROOT, "   %,d entries: %s%n", count, step);
        return step;
    }

    private static XmlElement phone(int number, String state) {
        return PublishStanza.state("PJSIP/" + (10_000 + number / SERVERS), Bench.eid(number % SERVERS), state);
    }

    private double publishes(Bench bench, PublishLoop loop) {
        bench.scheduler.runAll();
        sent = 0;
        double perSecond = loop.perSecond(quick ? 0.2 : 2);
        bench.scheduler.runAll();
        if (sent != loop.published() * (SUBSCRIBERS + 1L)) {
            throw new IllegalStateException(loop.published() + " publishes, but " + sent + " stanzas");
        }
        return perSecond;
    }

    private SitesStep withSites(int count) {
        Bench bench = new Bench(SitesPolicy.of(count, 0), (to, stanza) -> sent++);
        int entries = quick ? 10_000 : 100_000 - MOST_CHANGING; // all of one account may be 100,000
        for (int number = 0; number < entries; number++) {
            bench.service.handle(
                    SitesPolicy.server(number % count),
                    PublishStanza.state(SitesPolicy.device(number / count), Bench.eid(number % count), "NOT_INUSE"));
        }
        for (int i = 0; i < SUBSCRIBERS; i++) {
            bench.subscribe(subscriber(i, i * count / SUBSCRIBERS));
        }
        bench.scheduler.runAll();
        PublishLoop loop = new PublishLoop(
                bench,
                MOST_CHANGING,
                number -> SitesPolicy.server(number % count),
                number -> queue(number, count, "INUSE"),
                number -> queue(number, count, "NOT_INUSE"));
        SitesStep step = new SitesStep(publishes(bench, loop), change(bench, count));
        System.out.printf(Locale.ROOT, "   %,d sites: %s%n", count, step);
        return step;
    }

    /** A further server of that site, which publishes nothing. */
    private static Jid subscriber(int number, int site) {
        return Jid.of("pbx" + (10 + number) + "@site" + site + ".example.net/asterisk");
    }

    /** A queue, which all sites receive. */
    private static XmlElement queue(int number, int sites, String state) {
        return PublishStanza.state(SitesPolicy.queue(number / sites), Bench.eid(number % sites), state);
    }

    /** How many milliseconds of processor time a change of the rules of all sites takes. */
    private static double change(Bench bench, int sites) {
        double fastestMs = Double.MAX_VALUE;
        for (int change = 0; change < CHANGES; change++) {
            var policy = SitesPolicy.of(sites, change % 2 == 0 ? sites : 0);
            long fromNanos = PublishLoop.cpuNanos();
            bench.service.setPolicy(policy);
            fastestMs = Math.min(fastestMs, (PublishLoop.cpuNanos() - fromNanos) / 1e6);
            bench.scheduler.runAll();
        }
        return fastestMs;
    }
}
