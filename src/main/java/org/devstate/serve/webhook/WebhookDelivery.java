// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.json.Json;
import org.devstate.serve.json.RowWriter;

/** A batch as it is posted: each attempt has the same id and the same body. Immutable. */
final class WebhookDelivery {

    /** The {@code type} of the body. */
    private static final String TYPE = "devstate.changes";

    private final String id;
    private final DeliveryContent batch;
    private final byte[] body;

    private WebhookDelivery(String id, DeliveryContent batch, byte[] body) {
        this.id = id;
        this.batch = batch;
        this.body = body;
    }

    /** A new one for a webhook of that name. */
    static WebhookDelivery of(DeliveryContent batch, String webhook, Instant now) {
        byte[] body = Json.bytes(json -> {
            json.beginObject()
                    .name("type")
                    .value(TYPE)
                    .name("timestamp")
                    .value(now.truncatedTo(ChronoUnit.MILLIS).toString());
            json.name("data").beginObject().name("webhook").value(webhook);
            json.name("event").value(batch.place());
            json.name("reset").value(batch.isReset());
            json.name("dropped").value(batch.dropped());
            json.name("changes").beginArray();
            for (EntryChange change : batch.changes()) {
                RowWriter.change(json, change);
            }
            json.endArray().endObject().endObject();
        });
        return new WebhookDelivery("msg_" + UUID.randomUUID().toString().replace("-", ""), batch, body);
    }

    /** Its {@code webhook-id}. */
    String id() {
        return id;
    }

    DeliveryContent batch() {
        return batch;
    }

    /** Its body, which must not be changed. */
    byte[] body() {
        return body;
    }
}
