// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.RECONNECTED;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Non-cachable states: those of Local channels, which Asterisk publishes with {@code cachable="0"}. */
interface NonCachableScenarios extends Scenarios {

    @ParameterizedTest(name = "from pbx{0}")
    @CsvSource({"1", "2"})
    default void nonCachableStatesReachSubscribersInOrderAndAreInNoSnapshot(int number) {
        Asterisk caller = office().server(number);
        AsteriskLog own = caller.log().fromNow();
        Map<Asterisk, AsteriskLog> others = office().othersThan(number).stream()
                .collect(Collectors.toMap(
                        Function.identity(), server -> server.log().fromNow()));

        String device = caller.callItself();
        Await.until("the call is over", RECONNECTED, () -> caller.isIdle() && isOver(published(own, device)));
        others.forEach((server, log) -> Await.until(
                server.title() + " has heard what was published, in that order", RECONNECTED, () -> log.received(device)
                        .equals(published(own, device))));
        assertThat(published(own, device)).noneMatch(LoggedState::cachable);
        assertThat(own.pubsubErrors()).isEmpty();
        assertNobodyWhoJoinsIsTold(device);
    }

    /**
     * The same for devices with a technology that the server has or lacks, and for one that it has published itself: only the manager
     * interface and queues pass such a state on, and they read it nowhere else. Hints use the stored state.
     */
    @ParameterizedTest
    @EnumSource(Release.class)
    default void aNonCachableStateIsShownByQueuesButByNoHint(Release release) {
        List<String> unknown = List.of("Custom:passing" + release, "Local/passing@" + release, "DAHDI/" + release);
        String known = "Custom:known" + release;
        List<String> all = Stream.concat(unknown.stream(), Stream.of(known)).toList();
        String marker = "Custom:subscribed" + release;
        List<String> watched = Stream.concat(all.stream(), Stream.of(marker)).toList();
        try (Asterisk server = office().startConsuming(release, 4, watched);
                ServiceClient publisher = office().login("pbx9", "passing")) {
            server.setDeviceState(known, "BUSY");
            Await.until("the known device is shown", RECONNECTED, () -> server.hint(known)
                    .contains("State:Busy"));
            publisher.publish("device_state", ServiceClient.device(marker, "02:00:00:00:0d:01", "INUSE"));
            Await.until("it is subscribed", RECONNECTED, () -> server.queueMember("watched", marker)
                    .endsWith("(In use)"));
            Map<String, String> before = hints(server, all);

            for (String state : List.of("RINGING", "INUSE")) {
                all.forEach(device -> publisher.publish("device_state", nonCachable(device, state)));
                String shown = state.equals("RINGING") ? "(Ringing)" : "(In use)";
                all.forEach(device -> Await.until(
                        server.title() + " shows " + device + " " + shown,
                        RECONNECTED,
                        () -> server.queueMember("watched", device).endsWith(shown)));
                assertThat(hints(server, all)).as(server.title()).isEqualTo(before);
            }
        }
    }

    private static Map<String, String> hints(Asterisk server, List<String> devices) {
        return devices.stream().collect(Collectors.toMap(Function.identity(), server::hint));
    }

    private static String nonCachable(String device, String state) {
        return ServiceClient.nonCachable(device, "00:11:22:33:44:97", state);
    }

    private static List<LoggedState> published(AsteriskLog log, String device) {
        return log.published().stream()
                .filter(state -> state.device().equals(device))
                .toList();
    }

    /**
     * Both ends of the call are that device: it is in use while the first end is there, and Asterisk publishes the state that it finds
     * when it handles each change of either. How often it finds the device not in use, before and after, is a race inside of it.
     */
    private static boolean isOver(List<LoggedState> published) {
        List<String> states = published.stream().map(LoggedState::state).toList();
        return states.contains("INUSE") && states.get(states.size() - 1).equals("NOT_INUSE");
    }

    private void assertNobodyWhoJoinsIsTold(String device) {
        office().server(1).setDeviceState("Custom:agent1", "BUSY");
        try (Asterisk late = office().startFourth(Release.V22)) {
            Await.until(
                    "the snapshot has reached it", RECONNECTED, () -> late.log().received("Custom:agent1", "BUSY"));
            assertThat(late.log().received(device)).isEmpty();
        }
    }
}
