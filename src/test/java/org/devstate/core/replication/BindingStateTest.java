// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Account;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.junit.jupiter.api.Test;

final class BindingStateTest {

    private static final Account ALICE = Account.of("alice@example.net");
    private static final Account BOB = Account.of("bob@example.net");

    @Test
    void moreReleasesCountBeforeAnything() {
        assertOrder(new BindingState(null, 2, 9), new BindingState(ALICE, 1, 1));
        assertOrder(new BindingState(BOB, 2, 9), new BindingState(ALICE, 1, 1));
    }

    @Test
    void aBindingCountsBeforeTheReleaseThatItFollows() {
        assertOrder(new BindingState(BOB, 1, 9), new BindingState(null, 1, 1));
    }

    @Test
    void ofTwoBindingsTheFirstCounts() {
        assertOrder(new BindingState(BOB, 1, 4), new BindingState(ALICE, 1, 5));
    }

    @Test
    void ofTwoBindingsAtOneTimeTheAccountsOrderDecides() {
        assertOrder(new BindingState(ALICE, 1, 5), new BindingState(BOB, 1, 5));
    }

    @Test
    void equalStatesDoNotCountBeforeEachOther() {
        BindingState state = new BindingState(ALICE, 1, 5);
        assertThat(state.countsBefore(new BindingState(ALICE, 1, 5))).isFalse();
        assertThat(new BindingState(null, 1, 4).countsBefore(new BindingState(null, 1, 5)))
                .isFalse();
        assertThat(new BindingState(null, 1, 5).countsBefore(new BindingState(null, 1, 4)))
                .isFalse();
    }

    private static void assertOrder(BindingState first, BindingState other) {
        assertThat(first.countsBefore(other)).isTrue();
        assertThat(other.countsBefore(first)).isFalse();
    }
}
