package org.devstate.core.notices;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals are said once, and summed up then, whoever attacks. */
final class RefusalNoticesTest {

    private static final Jid MALLORY = Jid.of("mallory@example.net/x");
    private static final StanzaError STRANGER =
            new StanzaError(Condition.FORBIDDEN, null, "this account is not let in here");
    private static final StanzaError MALFORMED =
            new StanzaError(Condition.BAD_REQUEST, "invalid-payload", "the state is none");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingEvents log = new RecordingEvents();
    private final Notices notices = new Notices(Jid.of("pubsub.example.net"), clock, scheduler);
    private final RefusalNotices refusals = new RefusalNotices(notices, scheduler);

    RefusalNoticesTest() {
        notices.tell(log);
    }

    @Test
    void theFirstIsSaidInFullAndFurtherOnesAsTheirNumberOnceAMinute() {
        refuse(4_214, MALLORY, STRANGER);
        scheduler.advance(Notices.MINUTE_MS - 1);
        assertThat(log.refused())
                .singleElement()
                .asString()
                .startsWith(
                        "pubsub.example.net: mallory@example.net/x is refused (403): this account is not let in here. "
                                + "If it is an Asterisk server of yours, put its account into a site");

        scheduler.advance(1);
        assertThat(log.refused())
                .containsExactly("pubsub.example.net: mallory@example.net:"
                        + " \u2026and 4213 more refused with 403 in the last minute");
        refuse(2, Jid.of("mallory@example.net/other"), STRANGER);
        scheduler.advance(Notices.MINUTE_MS);
        assertThat(log.refused())
                .containsExactly(
                        "pubsub.example.net: mallory@example.net: \u2026and 2 more refused with 403 in the last minute");
    }

    @Test
    void afterAMinuteWithoutItIsSaidInFullAgain() {
        refuse(1, MALLORY, STRANGER);
        scheduler.advance(Notices.MINUTE_MS);
        assertThat(scheduler.pending()).as("nothing is left to do").isZero();
        refuse(1, MALLORY, STRANGER);
        scheduler.advance(0);

        assertThat(log.refused()).hasSize(2).allMatch(line -> line.contains("is refused (403)"));
    }

    @Test
    void anotherReasonIsAnotherLine() {
        refuse(10, MALLORY, STRANGER);
        refuse(10, MALLORY, MALFORMED);
        scheduler.advance(0);

        assertThat(log.refused())
                .hasSize(2)
                .element(1)
                .asString()
                .contains("(400): the state is none. The request was rejected as a whole");
    }

    @Test
    void ofManyAccountsOnlySomeAreToldApart() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                refuse(1, Jid.of("bot" + i + "@example.net/x"), STRANGER);
            }
        }
        scheduler.advance(Notices.MINUTE_MS - 1);
        assertThat(log.refused()).hasSize(RefusalNotices.MOST);

        scheduler.advance(1);
        assertThat(log.refused())
                .hasSize(RefusalNotices.MOST + 1)
                .last()
                .asString()
                .endsWith("\u2026and 29700 more refused of other accounts in the last minute");
    }

    @Test
    void longAddressesAreCut() {
        refuse(2, Jid.of("m".repeat(1_000) + "@example.net/x"), STRANGER);
        scheduler.advance(Notices.MINUTE_MS);

        assertThat(log.refused()).hasSize(2).allMatch(line -> line.length() < 600);
    }

    @Test
    void anAddressOfTheGreatestLengthIsNotCut() {
        String longest = "m".repeat(200 - "@example.net".length()) + "@example.net";
        refuse(1, Jid.of(longest), STRANGER);
        refuse(1, Jid.of("m" + longest), STRANGER);
        scheduler.advance(0);

        assertThat(log.refused())
                .satisfiesExactly(
                        line -> assertThat(line).contains(": " + longest + " is refused"),
                        line -> assertThat(line).contains("@example.ne\u2026 is refused"));
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void whatToDoIsSaidWhateverTheReason(Condition condition) {
        assertThat(Advice.on(new StanzaError(condition, null, "so"))).isNotBlank();
    }

    private void refuse(int times, Jid from, StanzaError error) {
        for (int i = 0; i < times; i++) {
            refusals.note(from, error);
        }
    }
}
