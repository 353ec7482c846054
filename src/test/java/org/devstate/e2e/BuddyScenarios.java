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

/**
 * A server with a {@code buddy} line in its {@code xmpp.conf}, from which Asterisk makes a device of its own. The buddy is no Asterisk:
 * two that are each other's buddies ask each other for their capabilities at each login, and an answer that meets a publish on one TLS
 * connection can end an Asterisk with 139.
 */
interface BuddyScenarios extends Scenarios {

    Duration ROSTER = Duration.ofSeconds(30);
    String BUDDY = "reader@example.net";
    String PERMISSION = "<presence type='subscribed' to='pbx4@example.net'/>";

    @ParameterizedTest
    @EnumSource(Release.class)
    default void devicesMadeOfBuddiesStayOnTheirServer(Release release) {
        Asterisk witness = office().server(2);
        try (ServiceClient buddy = office().login("reader", "phone");
                Asterisk fourth = office().startFourth(release, "buddy=" + BUDDY)) {
            buddy.send("<presence/>");
            Await.until("it publishes its buddy as a device", ROSTER, () -> {
                buddy.send(PERMISSION);
                return fourth.log().published().stream()
                        .anyMatch(state -> state.device().startsWith("XMPP/xmpp/" + BUDDY));
            });
            fourth.setDeviceState("Custom:agent4", "INUSE");
            awaitMember(witness, "Custom:agent4", "(In use)", ROSTER);

            assertThat(witness.log().received())
                    .noneMatch(state -> state.device().startsWith("XMPP/"));
            assertThat(fourth.log().pubsubErrors()).isEmpty();
        }
    }
}
