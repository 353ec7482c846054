// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.junit.jupiter.api.Test;

final class QuotaTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid ALICE_TOO = Jid.of("alice@example.net/b");
    private static final Jid BOB = Jid.of("bob@example.net/a");

    private final Quota quota = new Quota(3);

    @Test
    void theSessionsOfAnAccountShareItsLimit() {
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.take(ALICE_TOO)).isTrue();
        assertThat(quota.hasRoom(ALICE)).isTrue();
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.hasRoom(ALICE_TOO)).isFalse();
        assertThat(quota.take(ALICE_TOO)).isFalse();
        assertThat(quota.take(BOB)).isTrue();
    }

    @Test
    void aReturnedOneMakesRoomForAnother() {
        take(3);
        quota.giveBack(ALICE);
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.take(ALICE)).isFalse();
    }

    @Test
    void rejectedOnesAreNotCounted() {
        take(3);
        assertThat(quota.take(ALICE)).isFalse();
        quota.giveBack(ALICE);
        assertThat(quota.take(ALICE)).isTrue();
    }

    @Test
    void moreGivenBackThanTakenIsNoCredit() {
        take(1);
        quota.giveBack(ALICE);
        quota.giveBack(ALICE);
        quota.giveBack(ALICE);
        take(3);
        assertThat(quota.take(ALICE)).isFalse();
    }

    @Test
    void anAccountAboveALoweredLimitLosesNothing() {
        take(3);
        quota.allow(1);
        quota.giveBack(ALICE);
        assertThat(quota.hasRoom(ALICE)).isFalse();
        quota.giveBack(ALICE);
        assertThat(quota.take(ALICE)).isFalse();
        quota.giveBack(ALICE);
        assertThat(quota.take(ALICE)).isTrue();
    }

    @Test
    void aLimitOfZeroRejectsAll() {
        quota.allow(0);
        assertThat(quota.take(ALICE)).isFalse();
        quota.allow(1);
        assertThat(quota.take(ALICE)).isTrue();
    }

    @Test
    void anAccountThatHasGivenAllBackIsLeftOut() {
        take(2);
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("alice@example.net"), 2));
        quota.giveBack(ALICE_TOO);
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("alice@example.net"), 1));
        quota.giveBack(ALICE);
        assertThat(quota.byAccount()).isEmpty();
    }

    @Test
    void restoredOnesAreTakenEvenOverTheLimit() {
        quota.allow(1);
        quota.takeAnyway(ALICE);
        quota.takeAnyway(ALICE_TOO);
        assertThat(quota.byAccount()).containsExactly(Map.entry(Account.of("alice@example.net"), 2));
        assertThat(quota.hasRoom(ALICE)).isFalse();
    }

    @Test
    void someAccountsAreSummedOnlyIfAllTogetherHaveEnough() {
        take(2);
        quota.takeAnyway(BOB);
        assertThat(quota.takenBy(QuotaTest::isBob, 3)).isOne();
        assertThat(quota.takenBy(QuotaTest::isBob, 4)).isEqualTo(3); // no more than that
        assertThat(quota.takenBy(account -> true, 3)).isEqualTo(3);
        assertThat(quota.takenBy(account -> false, 3)).isZero();
    }

    @Test
    void theTotalIsTakenMinusReturned() {
        take(3);
        assertThat(quota.take(ALICE)).isFalse();
        assertThat(total()).isEqualTo(3);
        quota.takeAnyway(BOB);
        assertThat(total()).isEqualTo(4);
        for (int i = 3; i >= 0; i--) {
            quota.giveBack(i == 0 ? BOB : ALICE);
            assertThat(total()).isEqualTo(i);
        }
        quota.giveBack(BOB);
        assertThat(total()).isZero();
    }

    private long total() {
        return quota.takenBy(account -> true, Long.MAX_VALUE);
    }

    private static boolean isBob(Jid account) {
        return account.equals(Jid.of("bob@example.net"));
    }

    private void take(int many) {
        for (int i = 0; i < many; i++) {
            assertThat(quota.take(ALICE)).isTrue();
        }
    }
}
