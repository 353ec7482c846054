// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rejections are logged once and then summed up, even under attack. */
final class RejectionLoggerTest {

    private static final Jid MALLORY = Jid.of("mallory@example.net/x");
    private static final StanzaError STRANGER =
            new StanzaError(Condition.FORBIDDEN, null, "this account is not admitted");
    private static final StanzaError MALFORMED =
            new StanzaError(Condition.BAD_REQUEST, "invalid-payload", "the state is none");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue queue = new OperatorLogQueue(Jid.of("pubsub.example.net"), clock, scheduler);
    private final RejectionLogger rejections = new RejectionLogger(queue, scheduler);

    RejectionLoggerTest() {
        queue.sendTo(log);
    }

    @Test
    void theFirstRejectionIsLoggedInFullAndFurtherOnesAreCountedOnceAMinute() {
        reject(4_214, MALLORY, STRANGER);
        scheduler.advance(OperatorLogQueue.MINUTE_MS - 1);
        assertThat(log.rejected())
                .singleElement()
                .asString()
                .startsWith(
                        "pubsub.example.net: mallory@example.net/x is rejected (403): this account is not admitted. "
                                + "If it is an Asterisk server of yours, put its account into a site");

        scheduler.advance(1);
        assertThat(log.rejected())
                .containsExactly("pubsub.example.net: mallory@example.net:"
                        + " \u2026and 4213 more rejected with 403 in the last minute");
        reject(2, Jid.of("mallory@example.net/other"), STRANGER);
        scheduler.advance(OperatorLogQueue.MINUTE_MS);
        assertThat(log.rejected())
                .containsExactly(
                        "pubsub.example.net: mallory@example.net: \u2026and 2 more rejected with 403 in the last minute");
    }

    @Test
    void afterAMinuteWithoutARejectionIsLoggedInFullAgain() {
        reject(1, MALLORY, STRANGER);
        scheduler.advance(OperatorLogQueue.MINUTE_MS);
        assertThat(scheduler.pending()).as("nothing is left to do").isZero();
        reject(1, MALLORY, STRANGER);
        scheduler.advance(0);

        assertThat(log.rejected()).hasSize(2).allMatch(line -> line.contains("is rejected (403)"));
    }

    @Test
    void anotherReasonIsAnotherLine() {
        reject(10, MALLORY, STRANGER);
        reject(10, MALLORY, MALFORMED);
        scheduler.advance(0);

        assertThat(log.rejected())
                .hasSize(2)
                .element(1)
                .asString()
                .contains("(400): the state is none. The request was rejected as a whole");
    }

    @Test
    void onlySomeOfManyAccountsAreDistinguished() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                reject(1, Jid.of("bot" + i + "@example.net/x"), STRANGER);
            }
        }
        scheduler.advance(OperatorLogQueue.MINUTE_MS - 1);
        assertThat(log.rejected()).hasSize(RejectionLogger.MOST);

        scheduler.advance(1);
        assertThat(log.rejected())
                .hasSize(RejectionLogger.MOST + 1)
                .last()
                .asString()
                .endsWith("\u2026and 29700 more rejected of other accounts in the last minute");
    }

    @Test
    void longAddressesAreCut() {
        reject(2, Jid.of("m".repeat(1_000) + "@example.net/x"), STRANGER);
        scheduler.advance(OperatorLogQueue.MINUTE_MS);

        assertThat(log.rejected()).hasSize(2).allMatch(line -> line.length() < 600);
    }

    @Test
    void anAddressOfTheGreatestLengthIsNotCut() {
        String longest = "m".repeat(200 - "@example.net".length()) + "@example.net";
        reject(1, Jid.of(longest), STRANGER);
        reject(1, Jid.of("m" + longest), STRANGER);
        scheduler.advance(0);

        assertThat(log.rejected())
                .satisfiesExactly(
                        line -> assertThat(line).contains(": " + longest + " is rejected"),
                        line -> assertThat(line).contains("@example.ne\u2026 is rejected"));
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void everyReasonIsLoggedWithAdvice(Condition condition) {
        assertThat(RejectionAdvice.on(new StanzaError(condition, null, "so"))).isNotBlank();
    }

    private void reject(int times, Jid from, StanzaError error) {
        for (int i = 0; i < times; i++) {
            rejections.note(from, error);
        }
    }
}
