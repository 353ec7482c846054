// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.devstate.core.admin.form.Table;
import org.junit.jupiter.api.Test;

/** Names and values follow the conventions of Prometheus. */
final class MetricRowsTest {

    private final Table.TableBuilder table = Table.of("name", "kind", "unit", "site", "node", "other-node", "le")
            .number("value")
            .text("meaning");

    private MetricRowsTest row(String name, String kind, String unit, String site, String le, String value) {
        return ofNode("", name, kind, unit, site, le, value);
    }

    private MetricRowsTest ofNode(
            String node, String name, String kind, String unit, String site, String le, String value) {
        table.row(name, kind, unit, site, node, "", le, value, "Meaning of " + name);
        return this;
    }

    private String text() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenMetricsTextFormatWriter.create()
                .write(out, new MetricSnapshots(MetricRows.read(table.build())), EscapingScheme.DEFAULT);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCounterIsATotal() throws Exception {
        assertThat(row("changes-sent", "counter", "", "", "", "5").text())
                .contains(
                        "# TYPE devstate_changes_sent counter",
                        "# HELP devstate_changes_sent Meaning of changes-sent",
                        "devstate_changes_sent_total 5.0");
    }

    @Test
    void aGaugeHasItsSiteAndItsBaseUnit() throws Exception {
        assertThat(row("site-lag", "gauge", "ms", "paris", "", "1500")
                        .row("site-lag", "gauge", "ms", "say \"hi\"", "", "0")
                        .row("site-publish-rate", "gauge", "1/s", "paris", "", "0.5")
                        .text())
                .contains(
                        "devstate_site_lag_seconds{site=\"paris\"} 1.5",
                        "devstate_site_lag_seconds{site=\"say \\\"hi\\\"\"} 0.0",
                        "devstate_site_publish_rate_per_second{site=\"paris\"} 0.5");
    }

    @Test
    void bucketsAreAHistogramInSeconds() throws Exception {
        assertThat(row("delivery-latency", "bucket", "ms", "", "50", "1")
                        .row("delivery-latency", "bucket", "ms", "", "100", "3")
                        .row("delivery-latency", "bucket", "ms", "", "+Inf", "4")
                        .row("delivery-latency", "sum", "ms", "", "", "700")
                        .row("delivery-latency", "count", "", "", "", "4")
                        .text())
                .contains(
                        "# TYPE devstate_delivery_latency_seconds histogram",
                        "devstate_delivery_latency_seconds_bucket{le=\"0.05\"} 1",
                        "devstate_delivery_latency_seconds_bucket{le=\"0.1\"} 3",
                        "devstate_delivery_latency_seconds_bucket{le=\"+Inf\"} 4",
                        "devstate_delivery_latency_seconds_count 4",
                        "devstate_delivery_latency_seconds_sum 0.7");
    }

    @Test
    void eachNodeOfAClusterHasItsOwnSeries() throws Exception {
        table.row("node-present", "gauge", "", "", "a", "b", "", "1", "Whether it is there");
        assertThat(ofNode("a", "sent", "counter", "", "", "", "3")
                        .ofNode("b", "sent", "counter", "", "", "", "4")
                        .ofNode("a", "took", "bucket", "s", "", "+Inf", "1")
                        .ofNode("b", "took", "bucket", "s", "", "+Inf", "2")
                        .text())
                .contains(
                        "devstate_node_present{node=\"a\",other_node=\"b\"} 1.0",
                        "devstate_sent_total{node=\"a\"} 3.0",
                        "devstate_sent_total{node=\"b\"} 4.0",
                        "devstate_took_seconds_bucket{node=\"a\",le=\"+Inf\"} 1",
                        "devstate_took_seconds_bucket{node=\"b\",le=\"+Inf\"} 2");
    }

    @Test
    void rowsWithoutANumberAreLeftOut() throws Exception {
        assertThat(row("a", "gauge", "", "", "", "")
                        .row("b", "gauge", "", "", "", "1")
                        .text())
                .contains("devstate_b 1.0")
                .doesNotContain("devstate_a");
    }
}
