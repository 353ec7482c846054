package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.webhook.WebhookFixture.Request;
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
        String function = Files.readAllLines(Path.of("src/site/markdown/webhooks.md")).stream()
                .dropWhile(line -> !line.equals("    verify() {"))
                .takeWhile(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        assertThat(function).contains("openssl").endsWith("}");
        Path file = Files.writeString(folder.resolve("body"), body);
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        function + "\nverify \"$@\"",
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
