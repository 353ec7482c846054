// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.SessionEnder.EndOutcome;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.tigase.gate.ConnectionEnder.Connection;
import org.junit.jupiter.api.Test;

final class ConnectionEnderTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");

    private final ManualScheduler scheduler = new ManualScheduler(new ManualClock());
    private final List<Connection> open = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final Set<Jid> away = new HashSet<>();
    private final List<EndOutcome> outcomes = new ArrayList<>();
    private final ConnectionEnder ender = new ConnectionEnder(() -> open, away::contains, scheduler);

    @Test
    void aConnectionIsClosedAfterTheAnswer() {
        connect(ALICE, "first");
        connect(BOB, "other");
        ender.end(List.of(ALICE), outcomes::add);
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
        assertThat(closed).isEmpty();
        scheduler.advance(ConnectionEnder.DELAY_MS);
        assertThat(closed).containsExactly("first");
    }

    @Test
    void aBareJidStandsForAllItsSessions() {
        connect(ALICE, "first");
        connect(Jid.of("alice@example.net/second"), "second");
        connect(BOB, "other");
        ender.end(List.of(Jid.of("alice@example.net")), outcomes::add);
        scheduler.runAll();
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void aSessionThatLogsInAgainMeanwhileRetainsItsConnection() {
        connect(ALICE, "first");
        ender.end(List.of(ALICE), outcomes::add);
        open.clear();
        connect(ALICE, "again");
        scheduler.runAll();
        assertThat(closed).containsExactly("first");
    }

    @Test
    void aSessionThatTheServerNoLongerHasIsEnded() {
        away.add(ALICE);
        ender.end(List.of(ALICE), outcomes::add);
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
    }

    @Test
    void aSessionThatTheServerIsAboutToForgetIsEnded() {
        ender.end(List.of(ALICE), outcomes::add);
        assertThat(outcomes).isEmpty();
        away.add(ALICE);
        scheduler.advance(AbsentSessions.LOOK_AGAIN_MS);
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
    }

    @Test
    void aSessionThatHasReturnedByItselfCountsAsEndedAndRetainsItsConnection() {
        ender.end(List.of(ALICE), outcomes::add);
        connect(ALICE, "again");
        scheduler.runAll();
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
        assertThat(closed).isEmpty();
    }

    @Test
    void aSessionElsewhereIsNamedAndTheOthersAreClosed() {
        Jid elsewhere = Jid.of("carol@example.com/asterisk");
        connect(ALICE, "first");
        ender.end(List.of(elsewhere, ALICE), outcomes::add);
        scheduler.runAll();
        assertThat(closed).containsExactly("first");
        assertThat(outcomes)
                .containsExactly(
                        new EndOutcome.NotEnded(
                                "The connections of carol@example.com/asterisk are unknown. Either they are at another XMPP server,"
                                        + " or asterisk-gate is not active in etc/config.tdsl. The connections of all others are closed"));
    }

    private void connect(Jid session, String name) {
        open.add(new Connection(session, () -> closed.add(name)));
    }
}
