package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.RECONNECTED;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.AsteriskLog.Heard;
import org.devstate.testbed.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States that must not be kept: those of Local channels, which Asterisk publishes with {@code cachable="0"}. */
interface NotCachableScenarios extends Scenarios {

    @ParameterizedTest(name = "from pbx{0}")
    @CsvSource({"1", "2"})
    default void whatMustNotBeKeptReachesTheOthersInOrderAndNobodyWhoJoinsLater(int number) {
        Asterisk caller = office().server(number);
        AsteriskLog own = caller.log().fromNow();
        Map<Asterisk, AsteriskLog> others = office().othersThan(number).stream()
                .collect(Collectors.toMap(
                        Function.identity(), server -> server.log().fromNow()));

        String device = caller.callItself();
        Await.until("both ends of the call are over", RECONNECTED, () -> ended(own, device) == 2);
        List<Heard> published = published(own, device);
        assertThat(published).noneMatch(Heard::cachable);
        others.forEach((server, log) -> {
            Await.until(
                    server.title() + " has heard of it",
                    RECONNECTED,
                    () -> log.heard(device).size() >= published.size());
            assertThat(log.heard(device)).as(server.title()).isEqualTo(published);
        });
        assertThat(own.pubsubErrors()).isEmpty();
        assertNobodyWhoJoinsIsTold(device);
    }

    private static List<Heard> published(AsteriskLog log, String device) {
        return log.published().stream()
                .filter(state -> state.device().equals(device))
                .toList();
    }

    private static long ended(AsteriskLog log, String device) {
        return published(log, device).stream()
                .filter(state -> state.state().equals("NOT_INUSE"))
                .count();
    }

    private void assertNobodyWhoJoinsIsTold(String device) {
        office().server(1).setDeviceState("Custom:agent1", "BUSY");
        try (Asterisk late = office().startFourth(Release.V22)) {
            Await.until(
                    "the snapshot has reached it", RECONNECTED, () -> late.log().heard("Custom:agent1", "BUSY"));
            assertThat(late.log().heard(device)).isEmpty();
        }
    }
}
