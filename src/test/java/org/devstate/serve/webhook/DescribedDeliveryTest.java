// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.junit.jupiter.api.Test;

/** The description of the API has each field and header of a delivery, and no other. */
final class DescribedDeliveryTest {

    private static final Path DESCRIPTION = Path.of("src/main/resources/org/devstate/serve/api/openapi.json");

    private static JsonObject at(JsonObject object, String... names) {
        JsonObject inner = object;
        for (String name : names) {
            inner = inner.getAsJsonObject(name);
        }
        return inner;
    }

    @Test
    void eachFieldAndHeaderOfADeliveryIsDescribed() throws Exception {
        JsonObject description =
                JsonParser.parseString(Files.readString(DESCRIPTION)).getAsJsonObject();
        JsonObject fields = at(description, "components", "schemas", "Delivery", "properties");
        JsonObject dataFields = at(fields, "data", "properties");
        Set<String> headers =
                at(description, "webhooks", "changes", "post").getAsJsonArray("parameters").asList().stream()
                        .map(parameter ->
                                parameter.getAsJsonObject().get("name").getAsString())
                        .collect(Collectors.toSet());

        try (WebhookFixture endpoint = new WebhookFixture()) {
            Webhook webhook = new Webhook(
                    "crm",
                    URI.create(endpoint.url("/")),
                    WebhookSigner.of(WebhookFixture.SECRET),
                    EntrySelector.ALL,
                    10);
            EntryChange change = new EntryChange(5, Effect.STORED, FeedFixture.entry("Custom:a", "INUSE"));
            DeliveryContent content = new DeliveryContent("7-6", false, 3, List.of(change));
            new WebhookSender(WebhookSender.client().build(), Duration.ofSeconds(20), () -> FeedFixture.NOW)
                    .send(webhook, WebhookDelivery.of(content, "crm", FeedFixture.NOW), outcome -> {});
            Request request = endpoint.next();
            request.answer(200);

            JsonObject body = JsonParser.parseString(request.body).getAsJsonObject();
            assertThat(body.keySet()).isEqualTo(fields.keySet());
            assertThat(body.get("type")).isEqualTo(at(fields, "type").get("const"));
            assertThat(request.data().keySet()).isEqualTo(dataFields.keySet());
            assertThat(request.data()
                            .getAsJsonArray("changes")
                            .get(0)
                            .getAsJsonObject()
                            .keySet())
                    .isEqualTo(at(description, "components", "schemas", "Change", "properties")
                            .keySet());
            assertThat(request.headerNames())
                    .filteredOn(name -> name.startsWith("webhook-"))
                    .containsExactlyInAnyOrderElementsOf(headers);
        }
        assertThat(at(dataFields, "changes").get("maxItems").getAsInt()).isEqualTo(WebhookRunner.MOST_CHANGES);
    }
}
