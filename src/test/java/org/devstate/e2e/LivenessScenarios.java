package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.Office.GRACE;

import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.junit.jupiter.api.Test;

/** What the others see of a server that is gone, and of one that is back. */
interface LivenessScenarios extends Scenarios {

    @Test
    default void theStatesOfAServerThatIsKilledAreUnavailableAfterTheGraceAndRestoredWhenItIsBack()
            throws InterruptedException {
        try (Asterisk victim = office().startFourth(Release.V22)) {
            victim.setDeviceState("Custom:victim", "INUSE");
            try (ServiceClient witness = office().login("pbx9", "witness")) {
                witness.subscribe("device_state");
                assertThat(witness.nextState("Custom:victim")).isEqualTo("INUSE");

                victim.kill();
                long killed = System.nanoTime();
                assertThat(witness.nextState("Custom:victim")).isEqualTo("UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isBetween(GRACE, GRACE.plusSeconds(4));

                victim.restart();
                victim.awaitConnected(CONNECT);
                victim.setDeviceState("Custom:victim", "INUSE");
                assertThat(witness.nextState("Custom:victim")).isEqualTo("INUSE");
            }
        }
    }

    @Test
    default void aServerThatIsKilledAndBackWithinTheGraceLeavesNothingThatItDoesNotRepeat()
            throws InterruptedException {
        try (Asterisk victim = office().startFourth(Release.V16)) {
            victim.setDeviceState("Custom:forgotten", "INUSE");
            try (ServiceClient witness = office().login("pbx9", "witness2")) {
                witness.subscribe("device_state");
                assertThat(witness.nextState("Custom:forgotten")).isEqualTo("INUSE");

                victim.kill();
                victim.forgetDevices();
                long killed = System.nanoTime();
                victim.restart();
                victim.awaitConnected(CONNECT);

                assertThat(witness.nextState("Custom:forgotten")).isEqualTo("UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(GRACE);
            }
        }
    }
}
