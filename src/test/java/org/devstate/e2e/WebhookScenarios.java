// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.devstate.serve.webhook.WebhookFixture;
import org.devstate.serve.webhook.WebhookFixture.Request;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Test;

/** Webhooks of {@code devstatectl serve} with a real service and a real Asterisk. */
interface WebhookScenarios extends AdministrationScenarios {

    /** Starts {@code devstatectl serve} with a webhook to that endpoint. */
    static ServeProcess start(Administrator administrator, WebhookFixture endpoint, String filter) throws IOException {
        Path file = Files.writeString(
                administrator.folder().resolve("webhooks"),
                "crm " + endpoint.url("/") + " " + WebhookFixture.SECRET + " " + filter);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new ServeProcess(administrator, "--webhooks", file.toString());
    }

    private static String signature(Request request) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(WebhookFixture.SECRET.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = request.id() + "." + request.header("webhook-timestamp") + "." + request.body;
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void aChangeOnAnAsteriskIsPostedWithAValidSignature() throws Exception {
        Testbed testbed = Testbed.find();
        try (WebhookFixture endpoint = new WebhookFixture();
                ServeProcess serve = start(administrator(), endpoint, "node=device id=Custom:hook*");
                Asterisk asterisk =
                        Asterisk.start(testbed, testbed.orOther(Release.V22), folder(), "pbx3", 3, xmpp())) {
            endpoint.next().answer(200);
            asterisk.awaitConnected(Office.CONNECT);
            asterisk.setDeviceState("Custom:hook1", "INUSE");
            Request failed = endpoint.next();
            assertThat(failed.changes()).isEqualTo("Custom:hook1=INUSE");
            assertThat(failed.header("webhook-signature")).isEqualTo(signature(failed));
            failed.answer(503);
            Request repeated = endpoint.next();
            assertThat(repeated.id()).isEqualTo(failed.id());
            assertThat(repeated.body).isEqualTo(failed.body);
            assertThat(repeated.header("webhook-signature")).isEqualTo(signature(repeated));
            repeated.answer(204);
            asterisk.setDeviceState("Custom:hook1", "NOT_INUSE");
            Request next = endpoint.next();
            next.answer(200);
            JsonObject change = next.data().getAsJsonArray("changes").get(0).getAsJsonObject();
            assertThat(change.get("value").getAsString()).isEqualTo("NOT_INUSE");
            assertThat(change.get("account").getAsString()).isEqualTo("pbx3@example.net");
            assertThat(change.get("stored").getAsBoolean()).isTrue();
            Await.until("it is counted", Duration.ofSeconds(5), () -> serve.get("/metrics")
                    .contains("devstate_webhook_deliveries_total{webhook=\"crm\"} 3.0"));
            assertThat(serve.process().output())
                    .containsOnlyOnce("Webhook crm: it answered 503")
                    .containsOnlyOnce("Webhook crm: accepted again. Failed attempts: 1")
                    .doesNotContain(WebhookFixture.SECRET);
        }
    }
}
