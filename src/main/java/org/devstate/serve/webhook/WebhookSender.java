// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.devstate.serve.webhook.PostOutcome.PostAccepted;
import org.devstate.serve.webhook.PostOutcome.PostEnded;
import org.devstate.serve.webhook.PostOutcome.PostFailed;
import org.devstate.serve.webhook.PostOutcome.PostRejected;
import org.jspecify.annotations.Nullable;

/**
 * Posts by HTTP, with the headers of Standard Webhooks. Redirects are not followed: their target would get what the configured URL was to
 * get. The body of an answer is not used. Thread-safe.
 */
final class WebhookSender implements DeliverySender {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClient client;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * Posts by {@code client}.
     *
     * @param client that follows no redirects
     * @param timeout of an attempt, from the connection to the end of the answer
     */
    WebhookSender(HttpClient client, Duration timeout, InstantSource clock) {
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Builds clients for it; certificates are verified as Java does. */
    static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public void send(Webhook webhook, WebhookDelivery delivery, OutcomeListener listener) {
        long timestampS = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "tigase-devstate")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", Long.toString(timestampS))
                .header("webhook-signature", webhook.signer().sign(delivery.id(), timestampS, delivery.body()))
                .POST(BodyPublishers.ofByteArray(delivery.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        var unused = answer.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, thrown) -> {
                    answer.cancel(true); // of use after the timeout alone
                    listener.ended(response == null ? outcome(webhook, thrown) : outcome(response));
                });
    }

    private static PostOutcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new PostAccepted();
        }
        String reason = "it answered " + status;
        return switch (status) {
            case 410 -> new PostEnded();
            case 408, 425, 429 -> new PostFailed(reason, retryAfter(response));
            case 401, 403 -> new PostRejected(reason + "; check the secret at both ends");
            default -> {
                if (status / 100 == 3) {
                    yield new PostRejected(
                            reason + ", a redirect, which is not followed; write its target into the webhooks file");
                }
                yield status >= 500
                        ? new PostFailed(reason, retryAfter(response))
                        : new PostRejected(reason + "; check its URL in the webhooks file, and its own log");
            }
        };
    }

    /** {@code Retry-After} in seconds (RFC 9110, 10.2.3), an hour at most; a date is not used. */
    private static Duration retryAfter(HttpResponse<Void> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        if (!text.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }

    private PostOutcome outcome(Webhook webhook, @Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new PostFailed(reason(webhook.url().getHost(), cause), Duration.ZERO);
    }

    private String reason(String host, @Nullable Throwable cause) {
        if (cause instanceof TimeoutException) {
            return host + " did not answer within " + timeout.toSeconds() + " s";
        }
        if (cause != null && has(cause, CertificateException.class)) {
            return "the TLS certificate of " + host + " is not trusted (" + cause.getMessage()
                    + "); it must name that host, be in date, and be by an authority that Java trusts";
        }
        if (cause instanceof ConnectException) {
            return has(cause, UnresolvedAddressException.class)
                    ? "the name " + host + " cannot be resolved"
                    : "nothing accepts connections at " + host;
        }
        return "the connection to " + host + " has failed: " + cause;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
