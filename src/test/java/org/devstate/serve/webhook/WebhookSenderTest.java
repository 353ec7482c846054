// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.security.PemFiles;
import org.devstate.serve.webhook.PostOutcome.PostAccepted;
import org.devstate.serve.webhook.PostOutcome.PostEnded;
import org.devstate.serve.webhook.PostOutcome.PostFailed;
import org.devstate.serve.webhook.PostOutcome.PostRejected;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.devstate.testbed.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts to a real HTTP server. */
final class WebhookSenderTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final BlockingQueue<PostOutcome> outcomes = new LinkedBlockingQueue<>();
    private final WebhookDelivery delivery = WebhookDelivery.of(
            new DeliveryContent(
                    "7-6", false, 3, List.of(new EntryChange(5, Effect.STORED, entry("Custom:ä<b>", "INUSE")))),
            "crm",
            FeedFixture.NOW);

    private void send(String url, HttpClient client, Duration timeout) {
        Webhook webhook =
                new Webhook("crm", URI.create(url), WebhookSigner.of(WebhookFixture.SECRET), EntrySelector.ALL, 10);
        new WebhookSender(client, timeout, () -> FeedFixture.NOW).send(webhook, delivery, outcomes::add);
    }

    private void send(String url) {
        send(url, WebhookSender.client().build(), LONG);
    }

    private PostOutcome outcome() throws InterruptedException {
        PostOutcome outcome = outcomes.poll(30, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    private PostOutcome answered(int status, String... headers) throws Exception {
        try (WebhookFixture endpoint = new WebhookFixture()) {
            send(endpoint.url("/"));
            endpoint.next().answer(status, headers);
            return outcome();
        }
    }

    @Test
    void aPostHasAllChangesAndAValidSignature() throws Exception {
        try (WebhookFixture endpoint = new WebhookFixture()) {
            send(endpoint.url("/devices?key=1"));
            Request request = endpoint.next();
            request.answer(204);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/devices?key=1");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.body)
                    .isEqualTo(
                            "{\"type\":\"devstate.changes\",\"timestamp\":\"2026-11-29T08:00:00Z\",\"data\":{"
                                    + "\"webhook\":\"crm\",\"event\":\"7-6\",\"reset\":false,\"dropped\":3,\"changes\":[{\"seq\":5,"
                                    + "\"time\":\"2026-11-29T07:00:00.000Z\",\"node\":\"device_state\","
                                    + "\"id\":\"Custom:ä\\u003cb\\u003e\",\"eid\":\"02:00:00:00:00:01\",\"site\":\"paris\","
                                    + "\"account\":\"pbx@paris.example\",\"value\":\"INUSE\",\"stored\":true,\"removed\":false}]}}");
            assertThat(request.id()).isEqualTo(delivery.id()).matches("msg_[0-9a-f]{32}");
            assertThat(request.header("webhook-timestamp")).isEqualTo(String.valueOf(FeedFixture.NOW.getEpochSecond()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(WebhookFixture.SECRET.substring(6)), "HmacSHA256"));
            byte[] signature =
                    mac.doFinal((request.id() + "." + request.header("webhook-timestamp") + "." + request.body)
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(request.header("webhook-signature"))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(signature));
            assertThat(outcome()).isInstanceOf(PostAccepted.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void anAnswerOf2xxAccepts(int status) throws Exception {
        assertThat(answered(status)).isInstanceOf(PostAccepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void anAnswerThatMayChangeIsAFailure(int status) throws Exception {
        assertThat(answered(status)).isEqualTo(new PostFailed("it answered " + status, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "400,check its URL",
        "404,check its URL",
        "401,check the secret",
        "403,check the secret",
        "304,which is not followed"
    })
    void anAnswerThatNoRepetitionChangesRejects(int status, String advice) throws Exception {
        PostOutcome outcome = answered(status);
        assertThat(outcome).isInstanceOf(PostRejected.class);
        assertThat(((PostRejected) outcome).reason()).contains("it answered " + status, advice);
    }

    @Test
    void anAnswerOf410Ends() throws Exception {
        assertThat(answered(410)).isInstanceOf(PostEnded.class);
    }

    @ParameterizedTest
    @CsvSource({"7,PT7S", "3600,PT1H", "3601,PT1H", "999999999,PT1H", "soon,PT0S", "-1,PT0S"})
    void retryAfterIsReadUpToAnHour(String given, Duration expected) throws Exception {
        assertThat(answered(503, "Retry-After", given)).isEqualTo(new PostFailed("it answered 503", expected));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (WebhookFixture endpoint = new WebhookFixture();
                WebhookFixture other = new WebhookFixture()) {
            send(endpoint.url("/"));
            endpoint.next().answer(307, "Location", other.url("/"));
            assertThat(outcome()).isInstanceOf(PostRejected.class);
            assertThat(other.isIdle()).isTrue();
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerIsAFailure() throws Exception {
        try (WebhookFixture endpoint = new WebhookFixture()) {
            send(endpoint.url("/"), WebhookSender.client().build(), Duration.ofSeconds(1));
            assertThat(outcome()).isEqualTo(new PostFailed("127.0.0.1 did not answer within 1 s", Duration.ZERO));
        }
    }

    /** The answer has begun, so that a timeout of the client's own would not count any more. */
    @Test
    void anAnswerThatDoesNotEndIsAFailure() throws Exception {
        try (ServerSocket endpoint = new ServerSocket(0)) {
            send(
                    "http://127.0.0.1:" + endpoint.getLocalPort() + "/",
                    WebhookSender.client().build(),
                    Duration.ofSeconds(1));
            try (var socket = endpoint.accept()) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(outcome()).isInstanceOf(PostFailed.class);
                socket.setSoTimeout((int) LONG.toMillis());
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty(); // the client has closed it
            }
        }
    }

    @Test
    void aPortAtWhichNothingAnswersIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        send("http://127.0.0.1:" + port + "/");
        assertThat(outcome()).isEqualTo(new PostFailed("nothing accepts connections at 127.0.0.1", Duration.ZERO));
    }

    @Test
    void aNameThatIsNotInDnsIsNamed() throws Exception {
        send("http://crm.invalid/");
        assertThat(outcome()).isEqualTo(new PostFailed("the name crm.invalid cannot be resolved", Duration.ZERO));
    }

    private static KeyStore keys(Path folder) throws Exception {
        Certificates.selfSigned(folder, "localhost");
        Path key =
                Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
        return PemFiles.keyStore(folder.resolve("cert.pem"), key, Instant.now());
    }

    private static SSLContext server(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aCertificateIsVerifiedWithItsName(@TempDir Path folder) throws Exception {
        KeyStore keys = keys(folder);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("endpoint", keys.getCertificate("serve"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        HttpClient client = WebhookSender.client().sslContext(trusting).build();
        try (WebhookFixture endpoint = new WebhookFixture(server(keys))) {
            send("https://localhost:" + endpoint.port() + "/");
            assertThat(((PostFailed) outcome()).reason())
                    .startsWith("the TLS certificate of localhost is not trusted (")
                    .contains("by an authority that Java trusts");
            send("https://127.0.0.1:" + endpoint.port() + "/", client, LONG);
            assertThat(((PostFailed) outcome()).reason())
                    .startsWith("the TLS certificate of 127.0.0.1 is not trusted (");
            assertThat(endpoint.isIdle()).isTrue();
            send("https://localhost:" + endpoint.port() + "/", client, LONG);
            endpoint.next().answer(200);
            assertThat(outcome()).isInstanceOf(PostAccepted.class);
        }
    }

    @Test
    void anEndpointWithoutTlsIsNamed() throws Exception {
        try (ServerSocket endpoint = new ServerSocket(0)) {
            send("https://localhost:" + endpoint.getLocalPort() + "/");
            try (var socket = endpoint.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(((PostFailed) outcome()).reason()).startsWith("the connection to localhost has failed: ");
            }
        }
    }
}
