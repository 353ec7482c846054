// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.devstate.serve.webhook.WebhookFigures;

/** The figures of webhooks as metrics, with the label {@code webhook}. Stateless. */
final class WebhookMetrics {

    private WebhookMetrics() {}

    /** The metrics; none without webhooks. */
    static List<MetricSnapshot> read(List<WebhookFigures> webhooks) {
        if (webhooks.isEmpty()) {
            return List.of();
        }
        return List.of(
                counter(
                        "devstate_webhook_deliveries",
                        "Deliveries that a webhook has accepted",
                        webhooks,
                        WebhookFigures::deliveries),
                counter(
                        "devstate_webhook_failed_attempts",
                        "Attempts to deliver that a webhook has not accepted",
                        webhooks,
                        WebhookFigures::failedAttempts),
                counter(
                        "devstate_webhook_dropped_changes",
                        "Changes that a webhook has not got, because its queue was full, a delivery was given up or the table was"
                                + " read anew; it was asked to read all entries",
                        webhooks,
                        WebhookFigures::dropped),
                gauge(
                        "devstate_webhook_queued_changes",
                        "Changes that a webhook has not accepted yet",
                        webhooks,
                        WebhookFigures::queued),
                gauge(
                        "devstate_webhook_failing",
                        "1 if a webhook has not accepted the last attempt, or has answered 410; else 0",
                        webhooks,
                        each -> each.isFailing() ? 1 : 0));
    }

    private static Labels labels(WebhookFigures webhook) {
        return Labels.of("webhook", webhook.name());
    }

    private static MetricSnapshot counter(
            String name, String help, List<WebhookFigures> webhooks, ToDoubleFunction<WebhookFigures> value) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        webhooks.forEach(each -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(each))
                .value(value.applyAsDouble(each))
                .build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(
            String name, String help, List<WebhookFigures> webhooks, ToDoubleFunction<WebhookFigures> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        webhooks.forEach(each -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(each))
                .value(value.applyAsDouble(each))
                .build()));
        return gauge.build();
    }
}
