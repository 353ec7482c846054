// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.EID;
import static org.devstate.core.replication.SampleItems.OTHER_EID;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.devstate.core.store.Change;
import org.devstate.core.testing.ManualClock;
import org.junit.jupiter.api.Test;

final class BindingReplicaTest {

    private static final Account ALICE = Account.of("alice@example.net");
    private static final Account BOB = Account.of("bob@example.net");

    private final ManualClock clock = new ManualClock();
    private final ChangeMarker marker = new ChangeMarker(new Removals(clock));
    private final List<PendingItem> marked = new ArrayList<>();
    private final List<Change> persisted = new ArrayList<>();
    private final BindingReplica replica = new BindingReplica(clock, marker);
    private final EidBindings bindings = new EidBindings(new Quota(10), replica);

    BindingReplicaTest() {
        marker.addListener(marked::add);
    }

    @Test
    void aBindingBearsItsTimeAndIsMarked() {
        bindings.give(EID, ALICE.jid());
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(ALICE, 0, 1_000_000));
        assertThat(marked).containsExactly(new PendingItem.OfBinding(EID));
    }

    @Test
    void eachReleaseIsCountedAndMarked() {
        bindings.give(EID, ALICE.jid());
        clock.advance(1);
        bindings.release(EID);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(null, 1, 1_000_001));
        bindings.give(EID, BOB.jid());
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(BOB, 1, 1_000_001));
        bindings.release(EID);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(null, 2, 1_000_001));
        assertThat(marked).hasSize(4).containsOnly(new PendingItem.OfBinding(EID));
    }

    @Test
    void theReleaseOfARestoredBindingCounts() {
        bindings.restore(EID, ALICE);
        bindings.release(EID);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(null, 1, 1_000_000));
    }

    @Test
    void aRestoredBindingIsFromBeforeAllOthers() {
        bindings.restore(EID, ALICE);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(ALICE, 0, 0));
        assertThat(marked).isEmpty();
    }

    @Test
    void anEidThatWasNeverBoundHasNoState() {
        assertThat(replica.of(EID, bindings)).isNull();
        assertThat(replica.eids(bindings)).isEmpty();
    }

    @Test
    void restoredAndReleasedEidsAreSentToANodeThatJoins() {
        bindings.restore(EID, ALICE);
        bindings.give(OTHER_EID, ALICE.jid());
        bindings.release(OTHER_EID);
        assertThat(replica.eids(bindings)).containsExactlyInAnyOrder(EID, OTHER_EID);
    }

    @Test
    void aBindingOfAnotherNodeIsTakenIfThereIsNoneHere() {
        merge(new BindingState(ALICE, 0, 5));
        assertThat(bindings.owner(EID)).isEqualTo(ALICE);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(ALICE, 0, 5));
        assertThat(marked).isEmpty();
        assertThat(persisted).isEmpty();
    }

    @Test
    void theFirstBindingCounts() {
        bindings.give(EID, ALICE.jid());
        marked.clear();
        merge(new BindingState(BOB, 0, 999_999));
        assertThat(bindings.owner(EID)).isEqualTo(BOB);
        assertThat(marked).isEmpty();
        assertThat(persisted).isEmpty();
    }

    @Test
    void aLaterBindingIsNotTakenAndTheOneHereIsSentAndPersistedAgain() {
        bindings.give(EID, ALICE.jid());
        marked.clear();
        merge(new BindingState(BOB, 0, 1_000_001));
        assertThat(bindings.owner(EID)).isEqualTo(ALICE);
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(ALICE, 0, 1_000_000));
        assertThat(marked).containsExactly(new PendingItem.OfBinding(EID));
        assertThat(persisted).containsExactly(new Change.Binding(EID, ALICE));
    }

    @Test
    void aReleaseCountsMoreThanABindingBefore() {
        bindings.give(EID, ALICE.jid());
        merge(new BindingState(null, 1, 5));
        assertThat(bindings.owner(EID)).isNull();
        assertThat(replica.of(EID, bindings)).isEqualTo(new BindingState(null, 1, 5));
    }

    @Test
    void aReleaseHereIsSentAndNothingPersisted() {
        bindings.give(EID, ALICE.jid());
        bindings.release(EID);
        marked.clear();
        merge(new BindingState(ALICE, 0, 5));
        assertThat(bindings.owner(EID)).isNull();
        assertThat(marked).containsExactly(new PendingItem.OfBinding(EID));
        assertThat(persisted).isEmpty();
    }

    @Test
    void theSameBindingChangesNothing() {
        bindings.give(EID, ALICE.jid());
        marked.clear();
        merge(new BindingState(ALICE, 0, 1_000_000));
        assertThat(bindings.owner(EID)).isEqualTo(ALICE);
        assertThat(marked).isEmpty();
        assertThat(persisted).isEmpty();
    }

    @Test
    void twoReleasesOfOneBindingMatchWithoutAMessage() {
        bindings.give(EID, ALICE.jid());
        bindings.release(EID);
        marked.clear();
        merge(new BindingState(null, 1, 7));
        assertThat(bindings.owner(EID)).isNull();
        assertThat(marked).isEmpty();
    }

    private void merge(BindingState given) {
        replica.merge(EID, given, bindings, persisted::add);
    }
}
