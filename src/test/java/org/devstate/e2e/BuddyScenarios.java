// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.awaitMember;

import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with {@code buddy} lines in its {@code xmpp.conf}, from which Asterisk makes devices of its own. */
interface BuddyScenarios extends Scenarios {

    Duration ROSTER = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(Release.class)
    default void devicesMadeOfBuddiesStayOnTheirServer(Release release) {
        Asterisk witness = office().server(2);
        try (Asterisk fourth = office().startFourth(release, "buddy=pbx1@example.net", "buddy=pbx2@example.net")) {
            Await.until("it publishes its buddies as devices", ROSTER, () -> fourth.log().published().stream()
                    .anyMatch(state -> state.device().startsWith("XMPP/xmpp/pbx1@example.net")));
            fourth.setDeviceState("Custom:agent4", "INUSE");
            awaitMember(witness, "Custom:agent4", "(In use)", ROSTER);

            assertThat(witness.log().received())
                    .noneMatch(state -> state.device().startsWith("XMPP/"));
            assertThat(fourth.log().pubsubErrors()).isEmpty();
        }
    }
}
