// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.devstate.serve.webhook.WebhookFigures;
import org.junit.jupiter.api.Test;

final class WebhookMetricsTest {

    private static String text(WebhookFigures... webhooks) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenMetricsTextFormatWriter.create()
                .write(out, new MetricSnapshots(WebhookMetrics.read(List.of(webhooks))), EscapingScheme.DEFAULT);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachFigureHasTheNameOfItsWebhook() throws Exception {
        assertThat(text(new WebhookFigures("crm", 5, 4, 3, 2, true), new WebhookFigures("doors", 1, 0, 0, 0, false)))
                .contains(
                        "devstate_webhook_deliveries_total{webhook=\"crm\"} 5.0",
                        "devstate_webhook_failed_attempts_total{webhook=\"crm\"} 4.0",
                        "devstate_webhook_dropped_changes_total{webhook=\"crm\"} 3.0",
                        "devstate_webhook_queued_changes{webhook=\"crm\"} 2.0",
                        "devstate_webhook_failing{webhook=\"crm\"} 1.0",
                        "devstate_webhook_failing{webhook=\"doors\"} 0.0");
    }

    @Test
    void withoutWebhooksThereAreNoMetrics() throws Exception {
        assertThat(text()).isEqualTo("# EOF\n");
    }
}
