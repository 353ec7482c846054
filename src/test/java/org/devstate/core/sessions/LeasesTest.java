// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.junit.jupiter.api.Test;

final class LeasesTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/a");
    private static final Eid EID = new Eid(1);

    private final Leases leases = new Leases();

    @Test
    void aSessionThatHadNotEndedHasNotReturned() {
        assertThat(leases.begin(ALICE)).isFalse();
        assertThat(leases.begin(ALICE)).isFalse();
        leases.end(ALICE, leases.epoch(ALICE));
        assertThat(leases.begin(ALICE)).isTrue();
        assertThat(leases.hasEnded(ALICE)).isFalse();
    }

    @Test
    void aSessionHasEndedUntilItsGraceIsOver() {
        leases.begin(ALICE);
        assertThat(leases.hasEnded(ALICE)).isFalse();
        Leases.EndedSession ending = end(ALICE);
        assertThat(leases.hasEnded(ALICE)).isTrue();
        assertThat(leases.hasEnded(BOB)).isFalse();
        assertThat(leases.expire(ending).isEmpty()).isTrue();
        assertThat(leases.hasEnded(ALICE)).isFalse();
        assertThat(leases.epoch(ALICE)).isZero();
    }

    /** The first grace period is over while the second runs: the second decides when the session is forgotten. */
    @Test
    void theEndOfAnOlderGraceLeavesTheSessionKnown() {
        leases.begin(ALICE);
        Leases.EndedSession first = end(ALICE);
        leases.begin(ALICE);
        long epoch = leases.epoch(ALICE);
        Leases.EndedSession second = end(ALICE);
        leases.expire(first);
        assertThat(leases.epoch(ALICE)).isEqualTo(epoch);
        assertThat(leases.hasEnded(ALICE)).isTrue();
        leases.expire(second);
        assertThat(leases.epoch(ALICE)).isZero();
    }

    @Test
    void aPublishAfterTheEndIsOverWithTheRest() {
        leases.begin(ALICE);
        Leases.EndedSession ending = end(ALICE);
        long late = leases.claim(EID, ALICE).epoch();
        Leases.Stale stale = leases.expire(ending);
        assertThat(stale.epochs()).containsOnlyKeys(EID);
        assertThat(stale.holds(EID, late)).isTrue();
        assertThat(stale.holds(EID, late + 1)).isFalse();
    }

    @Test
    void aServerWithAnotherSessionsLeaseIsNotOver() {
        leases.claim(EID, ALICE);
        Leases.EndedSession ending = end(ALICE);
        leases.claim(EID, BOB);
        assertThat(leases.expire(ending).isEmpty()).isTrue();
        Leases.EndedSession last = end(BOB);
        assertThat(leases.expire(last).epochs()).containsOnlyKeys(EID);
    }

    /** A host makes an address anew for each stanza; entries that kept theirs took twice the memory. */
    @Test
    void theEntriesOfASessionShareItsAddress() {
        leases.claim(EID, ALICE);
        Jid same = Jid.of("alice@example.net/a");
        assertThat(leases.claim(EID, same).session()).isSameAs(ALICE);
        assertThat(leases.claim(new Eid(2), same).session())
                .as("for another EID")
                .isSameAs(ALICE);
    }

    private Leases.EndedSession end(Jid session) {
        return Objects.requireNonNull(leases.end(session, leases.epoch(session)));
    }
}
