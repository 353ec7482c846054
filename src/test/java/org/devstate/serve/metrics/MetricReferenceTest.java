// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.history.MetricsCommand;
import org.devstate.core.replication.ClusterFixture;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.guides.ReferencePage;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.webhook.WebhookFigures;
import org.devstate.serve.webhook.Webhooks;
import org.junit.jupiter.api.Test;

/** The reference of metrics has each figure of a service in a cluster, and of {@code devstatectl serve} with a webhook. */
final class MetricReferenceTest {

    @Test
    void thePageHasEachFigureWithItsMeaning() throws Exception {
        new ReferencePage("reference-metrics").assertHas(ofTheService() + "\n" + ofServe());
    }

    private static String ofTheService() {
        Table table = figures();
        Map<String, List<String>> first = new LinkedHashMap<>();
        table.rows().forEach(row -> first.putIfAbsent(row.get(0), row));
        List<MetricSnapshot> metrics = MetricRows.read(table);
        assertThat(metrics).hasSameSizeAs(first.keySet());
        StringBuilder page = new StringBuilder("## Of the service\n\n")
                .append(ReferencePage.head("`devstatectl metrics`", "unit", "`/metrics`", "type", "labels", "meaning"));
        int i = 0;
        for (Map.Entry<String, List<String>> row : first.entrySet()) {
            String unit = row.getValue().get(2);
            page.append(row(metrics.get(i++), "`" + row.getKey() + "`", unit));
        }
        return page.toString();
    }

    private static String ofServe() throws Exception {
        FeedFixture fixture = new FeedFixture().sites("paris").reads(FeedFixture.entry("PJSIP/1", "INUSE"));
        fixture.figures(
                FigureKind.SERVERS,
                Table.of("site", "state").row("paris", "online").build());
        List<MetricSnapshot> all;
        try (StreamHub hub =
                new StreamHub(1, Authenticator.withoutUsers(() -> FeedFixture.NOW), Duration.ofSeconds(1))) {
            all = new ArrayList<>(new ServeFigures(
                            fixture.feed,
                            hub,
                            Webhooks.of(null, fixture.feed, () -> FeedFixture.NOW),
                            () -> FeedFixture.NOW)
                    .read());
        }
        all.addAll(WebhookMetrics.read(List.of(new WebhookFigures("crm", 0, 0, 0, 0, false))));
        StringBuilder page = new StringBuilder("## Of devstatectl serve\n\n")
                .append(ReferencePage.head("`/metrics`", "type", "labels", "meaning"));
        all.forEach(metric -> page.append(row(metric)));
        return page.toString();
    }

    private static String row(MetricSnapshot metric, String... before) {
        List<String> cells = new ArrayList<>(List.of(before));
        String type =
                metric instanceof CounterSnapshot ? "counter" : metric instanceof GaugeSnapshot ? "gauge" : "histogram";
        cells.add("`" + metric.getMetadata().getName() + (type.equals("counter") ? "_total" : "") + "`");
        cells.add(type);
        cells.add(labels(metric).stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")));
        cells.add(Objects.requireNonNull(metric.getMetadata().getHelp()));
        return ReferencePage.row(cells.toArray(String[]::new));
    }

    private static Set<String> labels(MetricSnapshot metric) {
        return metric.getDataPoints().stream()
                .flatMap(point -> point.getLabels().stream())
                .map(label -> label.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Table figures() {
        ClusterFixture cluster = new ClusterFixture();
        ClusterNode node = cluster.start("a");
        cluster.start("b");
        cluster.advance(2_000);
        List<Result> results = new ArrayList<>();
        Step step = new MetricsCommand(node.service.administration()).begin();
        ((Step.Later) step).work().start(results::add);
        cluster.advance(10);
        return Objects.requireNonNull(results.get(0).table());
    }
}
