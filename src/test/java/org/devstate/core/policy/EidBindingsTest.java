// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.EidBindings.EidOutcome;
import org.junit.jupiter.api.Test;

final class EidBindingsTest {

    private static final Jid ALICE = Jid.of("alice@example.net");
    private static final Jid BOB = Jid.of("bob@example.net");
    private static final Eid ONE = new Eid(1);
    private static final Eid TWO = new Eid(2);

    private final Quota quota = new Quota(1);
    private final List<Eid> bound = new ArrayList<>();
    private final List<Eid> freed = new ArrayList<>();
    private final EidBindings bindings = new EidBindings(quota, new EidBindings.BindingListener() {
        @Override
        public void bound(Eid eid, Account account) {
            bound.add(eid);
        }

        @Override
        public void released(Eid eid) {
            freed.add(eid);
        }
    });

    @Test
    void anEidThatIsReleasedMakesRoomForAnother() {
        assertThat(bindings.give(ONE, ALICE)).isEqualTo(EidOutcome.OWN);
        assertThat(bindings.give(TWO, ALICE)).isEqualTo(EidOutcome.FULL);
        assertThat(bindings.release(ONE)).isTrue();
        assertThat(freed).containsExactly(ONE);
        assertThat(bindings.give(TWO, ALICE)).isEqualTo(EidOutcome.OWN);
        assertThat(bindings.all()).containsExactly(Map.entry(TWO, ALICE.account()));
        assertThat(bound).containsExactly(ONE, TWO);
    }

    @Test
    void anEidWithoutAnAccountIsNotReleased() {
        assertThat(bindings.release(ONE)).isFalse();
        assertThat(freed).isEmpty();
        assertThat(bound).isEmpty();
    }

    @Test
    void aRestoredBindingCountsOnceAndIsNotReported() {
        bindings.restore(ONE, ALICE.account());
        bindings.restore(ONE, BOB.account());
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 1));
        assertThat(bindings.give(ONE, BOB)).isEqualTo(EidOutcome.FOREIGN);
        assertThat(bindings.give(TWO, ALICE)).isEqualTo(EidOutcome.FULL);
        assertThat(bound).isEmpty();
    }

    @Test
    void aBindingOfAnotherNodeReplacesTheOneHereWithoutAReport() {
        bindings.give(ONE, ALICE);
        bound.clear();
        bindings.replace(ONE, BOB.account());
        assertThat(bindings.owner(ONE)).isEqualTo(BOB.account());
        assertThat(quota.byAccount()).containsExactly(Map.entry(BOB.account(), 1));
        assertThat(bound).isEmpty();
        assertThat(freed).isEmpty();
    }

    @Test
    void aBindingOfAnotherNodeCountsOverTheLimitAndOnce() {
        bindings.give(ONE, ALICE);
        bindings.replace(TWO, ALICE.account());
        bindings.replace(TWO, ALICE.account());
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 2));
        assertThat(bindings.all()).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void anEidThatIsFreeAtAnotherNodeIsFreeHere() {
        bindings.give(ONE, ALICE);
        bindings.replace(ONE, null);
        bindings.replace(TWO, null);
        assertThat(bindings.all()).isEmpty();
        assertThat(quota.total()).isZero();
        assertThat(freed).isEmpty();
    }
}
