// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.sessions.Leases.LostLease;
import org.devstate.core.sessions.Leases.PublishedLease;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Leases of sessions that are connected to other nodes of a cluster. */
final class ReplicatedLeasesTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid OTHER = Jid.of("alice@example.net/b");
    private static final Eid EID = new Eid(1);

    private final List<String> heard = new ArrayList<>();
    private long least = 100;
    private final Leases leases = new Leases(
            new Leases.LeaseListener() {
                @Override
                public void heldBy(Eid eid, @Nullable Jid session) {
                    heard.add("held by " + session);
                }

                @Override
                public void changed(Eid eid) {
                    heard.add("changed " + eid.value());
                }
            },
            () -> least);

    @Test
    void anEpochIsNoLessThanItsSourceAllows() {
        leases.begin(ALICE);
        assertThat(leases.epoch(ALICE)).isEqualTo(100);
        leases.begin(ALICE);
        assertThat(leases.epoch(ALICE)).isEqualTo(101);
        least = 200;
        leases.begin(ALICE);
        assertThat(leases.epoch(ALICE)).isEqualTo(200);
    }

    @Test
    void aLeaseOfAnotherNodeIsHeldThere() {
        leases.adopt(EID, "b", present(ALICE, 50));
        assertThat(leases.isHeld(EID)).isTrue();
        assertThat(leases.heldEpoch(EID)).isZero();
        assertThat(leases.isAnsweredFor(EID)).isTrue();
        assertThat(leases.published(EID)).isNull();
        assertThat(leases.published()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void aLeaseInItsGracePeriodElsewhereIsAnsweredForThere() {
        leases.adopt(EID, "b", absent(ALICE, 50));
        assertThat(leases.isHeld(EID)).isFalse();
        assertThat(leases.isAnsweredFor(EID)).isTrue();
    }

    @Test
    void aLaterSessionHasAHigherEpochThanAllThatAreKnown() {
        leases.adopt(EID, "b", new PublishedLease(ALICE, 50, 700, true));
        leases.begin(OTHER);
        assertThat(leases.epoch(OTHER)).isEqualTo(701);
    }

    @Test
    void onlyTheNodeOfALeaseEndsIt() {
        leases.adopt(EID, "b", null);
        leases.adopt(EID, "b", present(ALICE, 50));
        leases.adopt(EID, "c", null);
        assertThat(leases.isHeld(EID)).isTrue();
        leases.adopt(EID, "b", null);
        assertThat(leases.isHeld(EID)).isFalse();
        assertThat(leases.isAnsweredFor(EID)).isFalse();
    }

    @Test
    void aLeaseHereIsNotEndedByAnotherNode() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", null);
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
    }

    @Test
    void aLeaseHereIsPublished() {
        leases.claim(EID, ALICE);
        assertThat(leases.published()).containsExactly(EID);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 100, true));
        assertThat(heard).containsExactly("held by " + ALICE, "changed 1");
        Leases.EndedSession ending = end(ALICE);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 100, false));
        assertThat(leases.published()).containsExactly(EID);
        assertThat(leases.heldEpoch(EID)).isZero();
        assertThat(leases.isAnsweredFor(EID)).isTrue();
        leases.revive(ALICE);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 100, true));
        assertThat(leases.expire(ending).isEmpty()).isTrue();
        assertThat(heard).containsExactly("held by " + ALICE, "changed 1", "changed 1", "changed 1");
    }

    @Test
    void aSessionThatBeginsAnewIsPublishedWithItsNewEpoch() {
        leases.claim(EID, ALICE);
        heard.clear();
        leases.begin(ALICE);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 101, 101, true));
        assertThat(heard).containsExactly("changed 1");
        leases.claim(EID, ALICE);
        assertThat(heard).as("its epoch counts from its next publish on").containsExactly("changed 1", "changed 1");
    }

    @Test
    void theEndOfALeaseIsPublished() {
        leases.claim(EID, ALICE);
        Leases.EndedSession ending = end(ALICE);
        heard.clear();
        leases.expire(ending);
        assertThat(heard).containsExactly("held by null", "changed 1");
        assertThat(leases.published(EID)).isNull();
        assertThat(leases.isAnsweredFor(EID)).isFalse();
    }

    @Test
    void aRestoredLeaseIsNeitherPublishedNorAnsweredFor() {
        leases.restore(EID, ALICE);
        assertThat(leases.published(EID)).isNull();
        assertThat(leases.published()).isEmpty();
        assertThat(leases.isAnsweredFor(EID)).isFalse();
        assertThat(leases.isHeld(EID)).isFalse();
        assertThat(leases.heldEpoch(EID)).isZero();
    }

    @Test
    void aRestoredLeaseYieldsToOneOfAnotherNode() {
        leases.restore(EID, ALICE);
        leases.adopt(EID, "b", absent(OTHER, 50));
        assertThat(leases.isAnsweredFor(EID)).isTrue();
    }

    @Test
    void aLaterSessionElsewhereTakesALeaseOver() {
        leases.claim(EID, ALICE);
        heard.clear();
        leases.adopt(EID, "b", present(OTHER, 150));
        assertThat(leases.heldEpoch(EID)).isZero();
        assertThat(leases.isHeld(EID)).isTrue();
        assertThat(leases.published(EID)).isNull();
        assertThat(heard).isEmpty();
    }

    @Test
    void anEarlierSessionElsewhereDoesNotAndIsSentTheOneHere() {
        leases.claim(EID, ALICE);
        heard.clear();
        leases.adopt(EID, "b", new PublishedLease(OTHER, 50, 160, true));
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 160, true));
        assertThat(heard).containsExactly("changed 1");
    }

    @Test
    void aPresentSessionCountsMoreThanALaterOneThatHasEnded() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", absent(OTHER, 150));
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
    }

    @Test
    void aSessionThatHasEndedYieldsToAPresentOneElsewhereThoughItBeganEarlier() {
        leases.claim(EID, ALICE);
        end(ALICE);
        leases.adopt(EID, "b", present(OTHER, 50));
        assertThat(leases.isHeld(EID)).isTrue();
        assertThat(leases.published(EID)).isNull();
    }

    @Test
    void theEpochOfASessionThatHasBegunAnewCounts() {
        leases.claim(EID, ALICE);
        least = 200;
        leases.begin(ALICE); // it has not published yet
        leases.adopt(EID, "b", present(OTHER, 150));
        assertThat(leases.heldEpoch(EID)).isEqualTo(200);
    }

    @Test
    void ofTwoSessionsWithOneEpochTheOrderOfTheirAddressesDecides() {
        leases.adopt(EID, "b", absent(OTHER, 150));
        leases.adopt(EID, "c", absent(ALICE, 150));
        assertThat(leases.lose("c")).isEmpty();
        leases.adopt(EID, "c", absent(Jid.of("alice@example.net/c"), 150));
        assertThat(leases.lose("b")).isEmpty();
        assertThat(leases.lose("c")).containsOnlyKeys(EID);
    }

    @Test
    void theNodeOfALeaseDecidesItsState() {
        leases.adopt(EID, "b", present(OTHER, 150));
        leases.adopt(EID, "b", absent(ALICE, 50));
        assertThat(leases.isHeld(EID)).isFalse();
        assertThat(leases.lose("b")).containsExactly(Map.entry(EID, new LostLease(ALICE, 50)));
    }

    @Test
    void aPresentSessionElsewhereIsNotReplacedByOneThatHasEnded() {
        leases.adopt(EID, "b", present(OTHER, 50));
        leases.adopt(EID, "c", absent(ALICE, 150));
        assertThat(leases.isHeld(EID)).isTrue();
        leases.adopt(EID, "c", present(ALICE, 40));
        assertThat(leases.lose("c")).isEmpty();
        leases.adopt(EID, "c", present(ALICE, 160));
        assertThat(leases.lose("b")).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void aSessionThatHasLoggedInHereSinceHasMovedHere() {
        leases.begin(ALICE);
        leases.adopt(EID, "b", new PublishedLease(ALICE, 50, 60, true));
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 100, true));
        assertThat(heard).containsExactly("held by " + ALICE, "changed 1");
    }

    @Test
    void aSessionThatHasMovedHereCoversTheEntriesFromElsewhere() {
        leases.adopt(EID, "b", present(ALICE, 40));
        least = 30;
        leases.begin(ALICE);
        leases.adopt(EID, "b", new PublishedLease(ALICE, 40, 60, true));
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 41, 60, true));
    }

    @Test
    void aSessionThatWasHereBeforeOrHasEndedHereHasNotMovedHere() {
        leases.begin(ALICE);
        leases.adopt(EID, "b", present(ALICE, 100));
        assertThat(leases.heldEpoch(EID)).isZero();
        leases.adopt(EID, "b", null);
        end(ALICE);
        leases.adopt(EID, "b", present(ALICE, 50));
        assertThat(leases.published(EID)).isNull();
    }

    @Test
    void aLeaseThatWasTakenOverElsewhereComesBackWhenThatOneEnds() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", new PublishedLease(OTHER, 150, 160, true));
        heard.clear();
        leases.adopt(EID, "b", null);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 160, true));
        assertThat(heard).containsExactly("changed 1");
    }

    @Test
    void aLeaseComesBackWhenTheSessionElsewhereHasEnded() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", present(OTHER, 150));
        leases.adopt(EID, "b", absent(OTHER, 150));
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
    }

    @Test
    void aLeaseComesBackWhenTheNodeElsewhereIsLost() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", present(OTHER, 150));
        heard.clear();
        assertThat(leases.lose("b")).containsExactly(Map.entry(EID, new LostLease(OTHER, 150)));
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
        assertThat(heard).containsExactly("changed 1");
    }

    @Test
    void aLeaseOfASessionThatHasEndedDoesNotComeBack() {
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", present(OTHER, 150));
        Leases.EndedSession ending = end(ALICE);
        leases.adopt(EID, "b", null);
        assertThat(leases.published(EID)).isNull();
        leases.expire(ending);
        leases.begin(ALICE);
        leases.adopt(EID, "b", present(OTHER, 400));
        leases.adopt(EID, "b", null);
        assertThat(leases.heldEpoch(EID)).as("its grace period was over").isZero();
    }

    @Test
    void aPublishTakesALeaseOverFromAnEarlierSessionElsewhere() {
        leases.adopt(EID, "b", present(OTHER, 50));
        leases.claim(EID, ALICE);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 100, true));
        assertThat(heard).containsExactly("held by " + ALICE, "changed 1");
    }

    @Test
    void aPublishDoesNotTakeALeaseOverFromALaterSessionElsewhere() {
        leases.begin(ALICE);
        leases.adopt(EID, "b", present(OTHER, 150));
        heard.clear();
        leases.claim(EID, ALICE);
        assertThat(leases.heldEpoch(EID)).isZero();
        assertThat(leases.isHeld(EID)).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void aPublishTakesALeaseOverFromALaterSessionThatHasEndedElsewhere() {
        leases.begin(ALICE);
        leases.adopt(EID, "b", absent(OTHER, 150));
        leases.claim(EID, ALICE);
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
        assertThat(leases.published(EID)).isEqualTo(new PublishedLease(ALICE, 100, 150, true));
    }

    @Test
    void aLoginTakesTheLeasesOfTheSameAddressOver() {
        leases.adopt(EID, "b", present(ALICE, 50));
        leases.adopt(new Eid(2), "b", present(OTHER, 50));
        leases.begin(ALICE);
        heard.clear();
        Leases.Stale stale = leases.completeLogin(ALICE);
        assertThat(stale.holds(EID, 50)).isTrue();
        assertThat(stale.holds(EID, 100)).isFalse();
        assertThat(stale.epochs()).containsOnlyKeys(EID);
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
        assertThat(heard).containsExactly("changed 1");
    }

    @Test
    void onlyASessionThatHasPublishedEverythingIsComplete() {
        assertThat(leases.completed(EID)).isNull();
        leases.claim(EID, ALICE);
        assertThat(leases.completed(EID)).isNull();
        leases.completeLogin(ALICE);
        assertThat(leases.completed(EID)).isEqualTo(new Leases.LeaseClaim(ALICE, 100));
        leases.begin(ALICE);
        assertThat(leases.completed(EID)).isNull();
        leases.completeLogin(ALICE);
        Leases.EndedSession ending = end(ALICE);
        assertThat(leases.completed(EID)).isNull();
        leases.expire(ending);
        leases.claim(EID, ALICE);
        assertThat(leases.completed(EID)).isNull();
    }

    @Test
    void aLeaseElsewhereIsNotComplete() {
        leases.begin(ALICE);
        leases.completeLogin(ALICE);
        leases.adopt(EID, "b", present(ALICE, 150));
        assertThat(leases.completed(EID)).isNull();
    }

    @Test
    void theSessionsOfALostNodeAreNotPresent() {
        leases.adopt(EID, "b", new PublishedLease(ALICE, 50, 60, true));
        leases.adopt(new Eid(2), "c", present(OTHER, 50));
        leases.claim(new Eid(3), OTHER);
        Map<Eid, LostLease> lost = leases.lose("b");
        assertThat(lost).containsExactly(Map.entry(EID, new LostLease(ALICE, 50)));
        assertThat(leases.isHeld(EID)).isFalse();
        assertThat(leases.isAnsweredFor(EID)).isTrue();
        assertThat(leases.isHeld(new Eid(2))).isTrue();
        Leases.Stale stale = leases.expire(lost);
        assertThat(stale.epochs()).containsExactly(Map.entry(EID, 60L));
        assertThat(leases.isAnsweredFor(EID)).isFalse();
        assertThat(leases.expire(lost).isEmpty()).as("once").isTrue();
    }

    @Test
    void aLostLeaseThatIsHeldAgainDoesNotExpire() {
        leases.adopt(EID, "b", present(ALICE, 50));
        Map<Eid, LostLease> lost = leases.lose("b");
        leases.adopt(EID, "b", present(ALICE, 50));
        assertThat(leases.expire(lost).isEmpty()).isTrue();
        assertThat(leases.isHeld(EID)).isTrue();
    }

    @Test
    void aLostLeaseThatHasMovedHereDoesNotExpire() {
        leases.adopt(EID, "b", present(ALICE, 50));
        Map<Eid, LostLease> lost = leases.lose("b");
        leases.claim(EID, ALICE);
        assertThat(leases.expire(lost).isEmpty()).isTrue();
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
    }

    @Test
    void aLaterLeaseThatHasEndedElsewhereExpiresByItsOwnGracePeriod() {
        leases.adopt(EID, "b", present(ALICE, 50));
        Map<Eid, LostLease> lost = leases.lose("b");
        leases.adopt(EID, "c", absent(ALICE, 70));
        assertThat(leases.expire(lost).isEmpty()).isTrue();
        assertThat(leases.isAnsweredFor(EID)).isTrue();
    }

    private Leases.EndedSession end(Jid session) {
        return Objects.requireNonNull(leases.end(session, leases.epoch(session)));
    }

    private static PublishedLease present(Jid owner, long epoch) {
        return new PublishedLease(owner, epoch, epoch, true);
    }

    private static PublishedLease absent(Jid owner, long epoch) {
        return new PublishedLease(owner, epoch, epoch, false);
    }

    @Test
    void theEndOfOneSessionLeavesTheDisplacedLeasesOfOthers() {
        Jid carol = Jid.of("carol@example.net/c");
        leases.claim(EID, ALICE);
        leases.adopt(EID, "b", present(OTHER, 150));
        leases.begin(carol);
        leases.expire(end(carol));
        leases.adopt(EID, "b", null);
        assertThat(leases.heldEpoch(EID)).isEqualTo(100);
    }
}
