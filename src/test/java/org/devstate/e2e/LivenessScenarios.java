// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.Office.GRACE;
import static org.devstate.e2e.Office.RECONNECTED;
import static org.devstate.e2e.Office.awaitMember;

import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.junit.jupiter.api.Test;

/** The states of a server that is gone, and of one that is back, at the others. */
interface LivenessScenarios extends Scenarios {

    @Test
    default void statesOfAKilledServerBecomeUnavailableAndAreRestoredWhenItReturns() {
        try (Asterisk victim = office().startFourth(Release.V22)) {
            victim.setDeviceState("Custom:agent4", "INUSE");
            awaitVictimOnAll("(In use)");
            victim.awaitSaved();
            List<AsteriskLog> logs = office().servers().stream()
                    .map(server -> server.log().fromNow())
                    .toList();

            long killed = System.nanoTime();
            victim.kill();
            for (Asterisk server : office().servers()) {
                awaitMember(server, "Custom:agent4", "(Unavailable)", GRACE.plusSeconds(4));
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isGreaterThanOrEqualTo(GRACE);
            }

            victim.restart();
            victim.awaitConnected(CONNECT);
            awaitVictimOnAll("(In use)");
            // And no other state of it was received, not even for a moment.
            assertThat(logs).allSatisfy(log -> assertThat(log.received("Custom:agent4"))
                    .extracting(LoggedState::state)
                    .containsExactly("UNAVAILABLE", "INUSE"));
        }
    }

    private void awaitVictimOnAll(String state) {
        office().servers().forEach(server -> awaitMember(server, "Custom:agent4", state, RECONNECTED));
    }

    @Test
    default void aKilledServerThatReturnsInTimeLeavesOnlyRepeatedStates() throws InterruptedException {
        try (Asterisk victim = office().startFourth(Release.V16)) {
            victim.setDeviceState("Custom:forgotten", "INUSE");
            try (ServiceClient witness = office().login("pbx9", "witness2")) {
                witness.subscribe("device_state");
                assertThat(witness.nextState("Custom:forgotten")).isEqualTo("INUSE");

                long killed = System.nanoTime();
                victim.kill();
                victim.forgetDevices();
                victim.restart();
                victim.awaitConnected(CONNECT);

                assertThat(witness.nextState("Custom:forgotten")).isEqualTo("UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(GRACE);
            }
        }
    }

    /** No presence announces its end: the hosts check such sessions, each in its way. */
    @Test
    default void statesOfALostClientWithoutPresenceBecomeUnavailableToo() throws InterruptedException {
        try (ServiceClient witness = office().login("pbx9", "witness3")) {
            witness.subscribe("device_state");
            try (ServiceClient silent = office().login("pbx8", "silent")) {
                String item =
                        "<item id='Custom:silent'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:08'>INUSE</state>"
                                + "</item>";
                silent.publish("device_state", item);
                assertThat(witness.nextState("Custom:silent")).isEqualTo("INUSE");
                silent.nextMessage(Duration.ofSeconds(2)); // long enough to be seen there
            }
            long gone = System.nanoTime();
            assertThat(witness.nextState("Custom:silent")).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - gone)).isGreaterThanOrEqualTo(GRACE);
        }
    }

    /** It is gone before a host could check whether it is there. */
    @Test
    default void statesOfAClientThatLeavesAtOnceBecomeUnavailableToo() throws InterruptedException {
        try (ServiceClient witness = office().login("pbx9", "witness4")) {
            witness.subscribe("device_state");
            try (ServiceClient ghost = office().login("pbx8", "ghost")) {
                String item =
                        "<item id='Custom:ghost'><state xmlns='http://asterisk.org' eid='00:11:22:33:44:08'>INUSE</state>"
                                + "</item>";
                ghost.publish("device_state", item);
            }
            assertThat(witness.nextState("Custom:ghost")).isEqualTo("INUSE");
            assertThat(witness.nextState("Custom:ghost")).isEqualTo("UNAVAILABLE");
        }
    }

    /** Any client but an Asterisk, which unsubscribes first. */
    @Test
    default void aClientThatIsBackUnderItsAddressAndOnlySubscribesIsSubscribed() throws InterruptedException {
        String item = ServiceClient.device("Custom:same", "00:11:22:33:44:08", "INUSE");
        try (ServiceClient first = office().login("pbx8", "same")) {
            first.send("<presence/>");
            first.subscribe("device_state");
            first.publish("device_state", item);
        }
        office().server(1).setDeviceState("Custom:agent1", "NOT_INUSE");
        try (ServiceClient again = office().login("pbx8", "same")) {
            again.subscribe("device_state");
            assertThat(again.nextState("Custom:agent1")).isEqualTo("NOT_INUSE");
            office().server(1).setDeviceState("Custom:agent1", "INUSE");
            assertThat(again.nextState("Custom:agent1")).isEqualTo("INUSE");
            while (again.nextMessage(GRACE.plusSeconds(2)) != null) {
                // other states, until the grace period of the first one would be over
            }
            office().server(1).setDeviceState("Custom:agent1", "RINGING");
            assertThat(again.nextState("Custom:agent1")).isEqualTo("RINGING");
        }
    }
}
