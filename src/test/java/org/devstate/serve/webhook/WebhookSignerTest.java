// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WebhookSignerTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that libraries for Standard Webhooks are tested with. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        assertThat(WebhookSigner.of(WebhookFixture.SECRET).sign(ID, 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void eachSecretSigns() {
        String other = "whsec_" + "A".repeat(32);
        String both = WebhookSigner.of(other + "," + WebhookFixture.SECRET).sign(ID, 1_614_265_330, BODY);
        assertThat(both.split(" ", -1))
                .containsExactly(
                        WebhookSigner.of(other).sign(ID, 1_614_265_330, BODY),
                        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
