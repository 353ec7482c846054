// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.api.CachedCalls;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.http.BodyReply;
import org.devstate.serve.http.HttpCall;
import org.devstate.serve.http.HttpReply;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.Route.Need;

/**
 * {@code /metrics}, in the format of OpenMetrics or of Prometheus, as the client asks. The service is asked for its figures when they are
 * scraped; if it cannot be reached, there are those of this program alone. Thread-safe.
 */
public final class MetricsRoute {

    private final Feed feed;
    private final CachedCalls calls;
    private final ServeFigures own;
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.builder()
            .setCreatedTimestampsEnabled(false)
            .build();
    private final ExpositionFormatWriter prometheus =
            PrometheusTextFormatWriter.builder().build();

    public MetricsRoute(Feed feed, CachedCalls calls, ServeFigures own) {
        this.feed = feed;
        this.calls = calls;
        this.own = own;
    }

    /** The route. */
    public Route route() {
        return new Route("GET", "/metrics", Need.LOOK_AT_ALL, List.of(), this::metrics);
    }

    private HttpReply metrics(HttpCall call) {
        List<MetricSnapshot> all = new ArrayList<>(own.read());
        all.addAll(ofTheService());
        String accepted = call.header("Accept");
        ExpositionFormatWriter writer = accepted != null && openMetrics.accepts(accepted) ? openMetrics : prometheus;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, new MetricSnapshots(all), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BodyReply.ok(writer.getContentType(), out.toByteArray());
    }

    private List<MetricSnapshot> ofTheService() {
        if (!feed.status().isConnected()) {
            return List.of();
        }
        try {
            Table table = calls.call("devstate-metrics").table();
            return table == null ? List.of() : MetricRows.read(table);
        } catch (Failure e) { // devstate_serve_connected is what an alert is for
            return List.of();
        }
    }
}
