// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.RECONNECTED;

import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.ManagerClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hint of a device that changes faster than the window. */
interface CoalescingScenarios extends Scenarios {

    @ParameterizedTest
    @EnumSource(Release.class)
    default void aHintIsIdleBetweenTwoCallsThatFollowEachOtherAtOnce(Release release) {
        String device = "Custom:phone" + release;
        String eid = "00:11:22:33:44:96";
        try (Asterisk server = office().startConsuming(release, 4, List.of(device));
                ManagerClient manager = server.manager();
                ServiceClient publisher = office().login("pbx9", "calls")) {
            publisher.publish("device_state", ServiceClient.device("Custom:first" + release, eid, "INUSE"));
            Await.until("the server is subscribed", RECONNECTED, () -> manager.state("Custom:first" + release)
                    .equals("INUSE"));

            publisher.publishUnasked(
                    "device_state",
                    List.of(
                            ServiceClient.device(device, eid, "INUSE"),
                            ServiceClient.device(device, eid, "NOT_INUSE"),
                            ServiceClient.device(device, eid, "RINGING")));
            Await.until(
                    server.title() + " shows both calls, and the device idle between them",
                    AT_ONCE,
                    () -> manager.hintStates(device).equals(List.of("InUse", "Idle", "Ringing")));
        }
    }
}
