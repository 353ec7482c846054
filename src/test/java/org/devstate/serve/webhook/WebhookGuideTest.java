// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.devstate.testbed.GuideBlocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function of the guide verifies what is posted, by openssl. */
final class WebhookGuideTest {

    private static final String OTHER = "whsec_" + "A".repeat(32);

    @TempDir
    private Path folder = Path.of("");

    private WebhookFixture endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = new WebhookFixture();
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    private Request posted(String secrets, Instant now) throws Exception {
        Webhook webhook =
                new Webhook("crm", URI.create(endpoint.url("/")), WebhookSigner.of(secrets), EntrySelector.ALL, 1);
        WebhookDelivery delivery = WebhookDelivery.of(new DeliveryContent("7-1", true, 0, List.of()), "crm", now);
        new WebhookSender(WebhookSender.client().build(), Duration.ofSeconds(20), () -> now)
                .send(webhook, delivery, outcome -> {});
        Request request = endpoint.next();
        request.answer(200);
        return request;
    }

    private boolean isVerified(String secret, Request request, String body) throws Exception {
        String function = GuideBlocks.of("webhooks", "# verify SECRET");
        Path file = Files.writeString(folder.resolve("body"), body);
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        function + "verify \"$@\"",
                        "verify",
                        secret,
                        request.id(),
                        request.header("webhook-timestamp"),
                        request.header("webhook-signature"))
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        return bash.waitFor() == 0;
    }

    @Test
    void theDeliveryOfTheGuideHasTheFieldsOfARealOne() throws Exception {
        EntryChange change = new EntryChange(15, Effect.STORED, FeedFixture.entry("PJSIP/100", "INUSE"));
        WebhookDelivery delivery =
                WebhookDelivery.of(new DeliveryContent("7-1", false, 0, List.of(change)), "crm", Instant.now());

        assertThat(fields(GuideBlocks.of("webhooks", "{\"type\"")))
                .isEqualTo(fields(new String(delivery.body(), StandardCharsets.UTF_8)));
    }

    private static List<String> fields(String json) {
        return Pattern.compile("\"(\\w+)\":")
                .matcher(json)
                .results()
                .map(field -> field.group(1))
                .toList();
    }

    @Test
    void theLineOfTheGuideIsAWebhook() throws Exception {
        Path file = Files.writeString(
                folder.resolve("webhooks"), GuideBlocks.of("webhooks", "crm ").replace("whsec_...", OTHER));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(WebhooksFile.read(file)).extracting(Webhook::name).containsExactly("crm");
    }

    @Test
    void eachOfTwoSecretsVerifies() throws Exception {
        Request request = posted(OTHER + "," + WebhookFixture.SECRET, Instant.now());
        assertThat(isVerified(WebhookFixture.SECRET, request, request.body)).isTrue();
        assertThat(isVerified(OTHER, request, request.body)).isTrue();
    }

    @Test
    void anotherBodySecretOrTimeDoesNotVerify() throws Exception {
        Request request = posted(WebhookFixture.SECRET, Instant.now());
        assertThat(isVerified(WebhookFixture.SECRET, request, request.body + " "))
                .isFalse();
        assertThat(isVerified(OTHER, request, request.body)).isFalse();
        Request old = posted(WebhookFixture.SECRET, Instant.now().minusSeconds(301));
        assertThat(isVerified(WebhookFixture.SECRET, old, old.body)).isFalse();
    }
}
