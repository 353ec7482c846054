// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator log: a line for each change of a site. */
final class DeviceStateServiceOperatorLogTest {

    private static final String PARIS =
            """
            site paris
                servers alice@example.net
                publish allow *
                receive allow * *
            """;
    private static final String BERLIN = PARIS.replace("paris", "berlin").replace("alice", "bob");
    private static final String ALICE_OF_PARIS = "pubsub.example.net: site paris: alice@example.net/asterisk ";
    private static final long GRACE_MS = 30_000;

    private final ServiceFixture fixture = new ServiceFixture();
    private final RecordingOperatorLog log = new RecordingOperatorLog();

    @BeforeEach
    void twoSites() {
        fixture.setPolicy(PARIS + BERLIN);
        fixture.service.setOperatorLog(log);
    }

    @Test
    void aServerComesGoesAndReturns() {
        connect(ALICE);
        assertThat(happened())
                .containsExactly(
                        "pubsub.example.net: site paris: alice@example.net: EID " + EID_A
                                + " is now bound to this account",
                        ALICE_OF_PARIS + "is connected, EID " + EID_A);
        fixture.service.sessionEnded(ALICE);
        fixture.service.sessionEnded(ALICE);
        assertThat(happened()).containsExactly(ALICE_OF_PARIS + "is gone; its device states stay for 30 s");
        fixture.scheduler.advance(GRACE_MS - 1);
        connect(ALICE);
        assertThat(happened()).containsExactly(ALICE_OF_PARIS + "is back, EID " + EID_A);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(happened()).as("the grace meant nothing any more").isEmpty();
    }

    @Test
    void aServerWhoseConnectionEndsAgainAndAgainAtTheSamePaceIsNamedOnceWithTheCause() {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            connect(ALICE);
            fixture.scheduler.advance(42_000 + 500 * (i % 3));
            fixture.service.sessionEnded(ALICE);
            fixture.scheduler.advance(2_000);
            named.addAll(log.rejected());
            assertThat(named).as("after %d ends", i + 1).hasSize(i < 3 ? 0 : 1);
        }
        assertThat(named)
                .singleElement()
                .asString()
                .startsWith(
                        "pubsub.example.net: site paris: alice@example.net/asterisk: its connection has ended 4 times, every 44 s")
                .contains("'watchdog-ping-type' = 'WHITESPACE'", "mod_ping", "pinger");
    }

    @Test
    void aServerWhoseConnectionEndsNowAndThenIsNotNamed() {
        for (long lastsMs : List.of(10_000L, 300_000L, 45_000L, 4_000_000L, 1_000L, 90_000L, 20_000L)) {
            connect(ALICE);
            fixture.scheduler.advance(lastsMs);
            fixture.service.sessionEnded(ALICE);
        }

        assertThat(log.rejected()).isEmpty();
    }

    /** All within the range of a pace, but not one. */
    @Test
    void aServerWhoseConnectionEndsAtNoPaceIsNotNamed() {
        for (long lastsMs : List.of(10_000L, 300_000L, 45_000L, 600_000L, 20_000L, 90_000L, 30_000L, 500_000L)) {
            connect(ALICE);
            fixture.scheduler.advance(lastsMs);
            fixture.service.sessionEnded(ALICE);
        }

        assertThat(log.rejected()).isEmpty();
    }

    @Test
    void aServerDoesNotComeBack() {
        connect(ALICE);
        fixture.service.sessionEnded(ALICE);
        happened();
        fixture.scheduler.advance(GRACE_MS);

        assertThat(happened())
                .containsExactly(ALICE_OF_PARIS + "has not come back: 2 devices of EID " + EID_A + " now UNAVAILABLE");
        connect(ALICE);
        assertThat(happened()).containsExactly(ALICE_OF_PARIS + "is connected, EID " + EID_A);
    }

    @Test
    void repetitionsAreNotLogged() {
        connect(ALICE);
        happened();
        fixture.subscribe(ALICE, "device_state");
        fixture.subscribe(ALICE, "message_waiting");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.handle(ALICE, Stanzas.unsubscribe("message_waiting", ALICE.bare()));

        assertThat(happened()).isEmpty();
    }

    @Test
    void theLogStatesThatStatesStayForGood() {
        fixture.setPolicy(PARIS + "offline-state keep\n" + BERLIN);
        connect(ALICE);
        happened();
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.advance(GRACE_MS);

        assertThat(happened()).containsExactly(ALICE_OF_PARIS + "is gone; its device states stay");
    }

    @Test
    void sitesAreAddedChangedSuspendedResumedAndRemoved() {
        fixture.setPolicy(PARIS + BERLIN + BERLIN.replace("berlin", "rome").replace("bob", "carol"));
        assertThat(happened()).containsExactly("pubsub.example.net: site rome was added");
        fixture.setPolicy(PARIS + "window 1s\n" + BERLIN + "suspended yes\n");
        assertThat(happened())
                .containsExactly(
                        "pubsub.example.net: site paris was changed",
                        "pubsub.example.net: site berlin was suspended: it exchanges no state with other sites",
                        "pubsub.example.net: site rome was removed");
        fixture.setPolicy(PARIS + "window 1s\n" + BERLIN);
        assertThat(happened()).containsExactly("pubsub.example.net: site berlin was resumed");
        fixture.setPolicy(PARIS + "window 1s\n" + BERLIN);
        assertThat(happened()).as("nothing changed").isEmpty();
    }

    @Test
    void configuredChangesAreLoggedLikeAdministratorsChanges() {
        ServiceFixture fresh = new ServiceFixture();
        fresh.service.setOperatorLog(log);
        fresh.service.configurePolicy(ServiceFixture.policy(PARIS));
        fresh.service.configurePolicy(ServiceFixture.policy(PARIS));
        fresh.scheduler.advance(0);

        assertThat(log.happened())
                .containsExactly(
                        "pubsub.example.net: site paris was added", "pubsub.example.net: site default was removed");
    }

    @Test
    void aRestoredPolicyIsNotLogged() {
        fixture.service.restore(new Contents(List.of(), List.of(), PARIS));

        assertThat(happened()).isEmpty();
    }

    @Test
    void rejectionsAreLoggedWithTheirReasonAndSummedUp() {
        for (int i = 0; i < 100; i++) {
            fixture.publishState(MALLORY, "PJSIP/1", EID_A, "INUSE");
        }
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(BOB, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(BOB, "PJSIP/1", EID_A, "WHATEVER");
        fixture.service.administration().history().rejected(BOB, "devstate-export", "only administrators may");
        fixture.scheduler.advance(59_999);

        assertThat(log.rejected())
                .satisfiesExactly(
                        line -> assertThat(line).contains("mallory@elsewhere.org/asterisk is rejected (403)"),
                        line -> assertThat(line)
                                .contains(
                                        "bob@example.net/asterisk is rejected (403): EID 00:11:22:33:44:5a belongs to the account alice@example.net"),
                        line -> assertThat(line).contains("bob@example.net/asterisk is rejected (400)"),
                        line -> assertThat(line).contains("only administrators may", "admins"));
        fixture.scheduler.advance(1);
        assertThat(log.rejected())
                .containsExactly("pubsub.example.net: mallory@elsewhere.org:"
                        + " \u2026and 99 more rejected with 403 in the last minute");
    }

    private void connect(Jid server) {
        fixture.handle(server, Stanzas.unsubscribe("device_state", server.bare()));
        fixture.publishState(server, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(server, "PJSIP/2", EID_A, "INUSE");
        fixture.subscribe(server, "device_state");
    }

    @Test
    void theAdviceOfAServiceThatIsNotServingIsNotToRaiseALimit() {
        fixture.service.close("this server is not serving this address", "host other has the lease");

        assertThat(fixture.ask(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"))
                        .toString())
                .contains("code='500'", "resource-constraint");
        fixture.scheduler.advance(0);
        assertThat(log.rejected())
                .singleElement()
                .asString()
                .contains("is rejected (500): this server is not serving this address. No limit was reached")
                .doesNotContain("raise");
    }

    private List<String> happened() {
        fixture.scheduler.advance(0);
        return log.happened();
    }
}
