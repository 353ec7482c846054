// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.devstate.core.admin.form.PerSecond;
import org.devstate.core.admin.operations.History.Count;
import org.devstate.core.stats.DeliveryLatency;
import org.devstate.core.stats.DeliveryLatency.LatencyReading;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;
import org.devstate.core.stats.Metric.MetricKind;
import org.devstate.core.stats.SiteFigures;

/**
 * All figures of a service and of its sites, for a program that collects them. Looks at accounts, sessions and outboxes, but at no entry.
 * Thread-safe.
 *
 * @param latency of deliveries
 * @param holder of requests that wait for changes
 */
public record ServiceMetrics(ServiceStatus status, DeliveryLatency latency, RequestHolder holder) {

    /** Of the {@linkplain ServiceStatus#counts counts}, those of the moment; the others only grow. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("entries", "subscribers", "not-subscribed", "queued", "deepest-queue", "store-pending");

    private static final MetricId AWAITED =
            Metric.gauge("awaited", "", "Devices that were published before a restart, and not since");
    private static final MetricId HELD =
            Metric.gauge("held-requests", "", "Commands of administrators that wait for changes");
    private static final MetricId STORE_FAILING =
            Metric.gauge("store-failing", "", "1 if the last write to the store failed, else 0");

    private static final MetricId ONLINE = Metric.gauge("site-online", "", "Sessions of a site that are subscribed");
    private static final MetricId NOT_SUBSCRIBED = Metric.gauge(
            "site-not-subscribed",
            "",
            "Sessions of a site that are connected but not subscribed: they receive nothing");
    private static final MetricId ENTRIES =
            Metric.gauge("site-entries", "", "Devices and mailboxes of a site that are known now");
    private static final MetricId LIMIT =
            Metric.gauge("site-entries-limit", "", "Devices and mailboxes that a site may have");
    private static final MetricId PUBLISHES = Metric.gauge(
            "site-publish-rate", "1/s", "Publishes of a site in about the last minute, repetitions included");
    private static final MetricId NOTIFICATIONS =
            Metric.gauge("site-notification-rate", "1/s", "Notifications to a site in about the last minute");
    private static final MetricId LAG = Metric.gauge(
            "site-lag", "ms", "How long the oldest change has waited that is pending for a session of a site");

    private static final String LATENCY = "delivery-latency";
    private static final String LATENCY_MEANING =
            "Time from the acceptance of a change until its notification was handed to the host, for each subscriber";
    private static final MetricId LATENCY_BUCKET = new MetricId(LATENCY, MetricKind.BUCKET, "ms", LATENCY_MEANING);
    private static final MetricId LATENCY_SUM = new MetricId(LATENCY, MetricKind.SUM, "ms", LATENCY_MEANING);
    private static final MetricId LATENCY_COUNT = new MetricId(LATENCY, MetricKind.COUNT, "", LATENCY_MEANING);

    /** All of them. */
    List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (Count count : status.counts()) {
            MetricKind kind = OF_THE_MOMENT.contains(count.name()) ? MetricKind.GAUGE : MetricKind.COUNTER;
            boolean isFailures = count.name().equals(ServiceStatus.FAILURES);
            String meaning = isFailures ? ServiceStatus.FAILURES_MEANING : count.meaning(); // it never changes
            all.add(new MetricId(count.name(), kind, "", meaning).of(count.value()));
        }
        all.add(STORE_FAILING.of(status.isStoreFailing() ? 1 : 0));
        all.add(AWAITED.of(status.awaited()));
        all.add(HELD.of(holder.size()));
        addLatency(all);
        status.sites().forEach(site -> addSite(all, site));
        return all;
    }

    private void addLatency(List<Metric> all) {
        LatencyReading reading = latency.reading();
        List<Long> counts = reading.counts();
        for (int i = 0; i < counts.size(); i++) {
            all.add(new Metric(LATENCY_BUCKET, "", "", LatencyReading.bound(i), Long.toString(counts.get(i))));
        }
        all.add(LATENCY_SUM.of(reading.sumMs()));
        all.add(LATENCY_COUNT.of(counts.get(counts.size() - 1)));
    }

    private static void addSite(List<Metric> all, SiteFigures figures) {
        String site = figures.site();
        Load load = figures.load();
        all.add(ONLINE.ofSite(site, load.online()));
        all.add(NOT_SUBSCRIBED.ofSite(site, load.unsubscribed()));
        all.add(ENTRIES.ofSite(site, load.entries()));
        all.add(LIMIT.ofSite(site, figures.entriesLimit()));
        all.add(PUBLISHES.ofSite(site, PerSecond.format(load.traffic().publishRate())));
        all.add(NOTIFICATIONS.ofSite(site, PerSecond.format(load.traffic().notificationRate())));
        all.add(LAG.ofSite(site, load.traffic().lagMs()));
    }
}
