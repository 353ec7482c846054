// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedStatus;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.webhook.Webhooks;

/** The figures of this program and its webhooks, and how many servers of each site are in which state. Thread-safe. */
public final class ServeFigures {

    private static final double MS_PER_S = 1_000;
    private static final List<String> STATES = List.of("online", "grace", "offline");

    private final Feed feed;
    private final StreamHub hub;
    private final Webhooks webhooks;
    private final InstantSource clock;

    public ServeFigures(Feed feed, StreamHub hub, Webhooks webhooks, InstantSource clock) {
        this.feed = feed;
        this.hub = hub;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    List<MetricSnapshot> read() {
        FeedStatus status = feed.status();
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(gauge(
                "devstate_serve_connected",
                "1 if devstatectl serve is connected to the service and its copy is up to date, else 0",
                status.isConnected() ? 1 : 0));
        if (!status.asOf().equals(Instant.EPOCH)) {
            Duration age = Duration.between(status.asOf(), clock.instant());
            all.add(gauge(
                    "devstate_serve_age_seconds",
                    "How long ago the service last confirmed the copy that devstatectl serve shows",
                    Math.max(0, age.toMillis()) / MS_PER_S));
        }
        all.add(gauge("devstate_serve_streams", "Open event streams", hub.count()));
        all.add(CounterSnapshot.builder()
                .name("devstate_serve_streams_cut_off")
                .help("Event streams that were ended because their reader took nothing for 20 s")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) hub.cutOff())
                        .build())
                .build());
        all.addAll(WebhookMetrics.read(webhooks.figures()));
        if (status.isConnected()) {
            all.add(servers(feed.figures(FigureKind.SERVERS)));
        }
        return all;
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot servers(Table servers) {
        List<String> columns = servers.columns().stream().map(Column::name).toList();
        int site = columns.indexOf("site");
        int state = columns.indexOf("state");
        TreeMap<String, int[]> counts = new TreeMap<>();
        if (site >= 0 && state >= 0) {
            for (List<String> row : servers.rows()) {
                int which = STATES.indexOf(row.get(state));
                if (which >= 0) {
                    counts.computeIfAbsent(row.get(site), name -> new int[STATES.size()])[which]++;
                }
            }
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("devstate_site_servers")
                .help("Servers of a site that are online, in their grace period after the last session, or offline");
        counts.forEach((name, each) -> {
            for (int i = 0; i < each.length; i++) {
                gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("site", name, "state", STATES.get(i)))
                        .value(each[i])
                        .build());
            }
        });
        return gauge.build();
    }
}
