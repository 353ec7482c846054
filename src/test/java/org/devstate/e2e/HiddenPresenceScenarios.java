// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.Office.GRACE;

import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers whose sessions the component must probe. */
interface HiddenPresenceScenarios extends Scenarios {

    /** {@code autoregister=no}: Asterisk does not share its presence. Each has an account that was never used before. */
    @ParameterizedTest
    @CsvSource({"V16, 5", "V22, 6"})
    default void theEndOfAServerThatHidesItsPresenceIsLearnedToo(Release release, int number)
            throws InterruptedException {
        String name = "pbx" + number;
        office().xmpp().addAccount(name);
        try (Asterisk hidden = office().start(release, number, "autoregister=no");
                ServiceClient witness = office().login("pbx9", "hidden" + number)) {
            hidden.awaitConnected(CONNECT);
            witness.subscribe("device_state");
            hidden.setDeviceState("Custom:" + name, "INUSE");
            assertThat(witness.nextState("Custom:" + name)).isEqualTo("INUSE");
            Await.until(
                    "it was asked twice, and answered",
                    Duration.ofSeconds(20),
                    () -> hidden.log().lines("id='probe").count() >= 4);
            assertThat(hidden.log().lines("type='subscribed'")).isEmpty();

            long killed = System.nanoTime();
            hidden.kill();

            assertThat(witness.nextState("Custom:" + name)).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isGreaterThanOrEqualTo(GRACE);
        }
    }
}
