package org.devstate.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.devstate.core.model.Jid;
import org.junit.jupiter.api.Test;

final class QuotaTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid ALICE_TOO = Jid.of("alice@example.net/b");
    private static final Jid BOB = Jid.of("bob@example.net/a");

    private final Quota quota = new Quota(3);

    @Test
    void theSessionsOfAnAccountShareWhatItMayHave() {
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.take(ALICE_TOO)).isTrue();
        assertThat(quota.hasRoom(ALICE)).isTrue();
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.hasRoom(ALICE_TOO)).isFalse();
        assertThat(quota.take(ALICE_TOO)).isFalse();
        assertThat(quota.take(BOB)).isTrue();
    }

    @Test
    void oneThatIsGivenBackMakesRoomForOne() {
        take(3);
        quota.giveBack(ALICE);
        assertThat(quota.take(ALICE)).isTrue();
        assertThat(quota.take(ALICE)).isFalse();
    }

    @Test
    void whatWasRefusedIsNotCounted() {
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
    void whoIsOverALowerLimitKeepsWhatHeHas() {
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
    void aLimitOfNoneLetsNothingBeTaken() {
        quota.allow(0);
        assertThat(quota.take(ALICE)).isFalse();
        quota.allow(1);
        assertThat(quota.take(ALICE)).isTrue();
    }

    private void take(int many) {
        for (int i = 0; i < many; i++) {
            assertThat(quota.take(ALICE)).isTrue();
        }
    }

    @Test
    void whatAccountsHaveTogetherIsCountedWhereAllTogetherHaveEnough() {
        take(2);
        quota.take(BOB);
        assertThat(quota.takenBy(QuotaTest::isAlice, 3)).isEqualTo(2);
        assertThat(quota.takenBy(QuotaTest::isAlice, 4))
                .as("of all, as they are fewer")
                .isEqualTo(3);
        quota.takeAnyway(BOB);
        assertThat(quota.takenBy(QuotaTest::isAlice, 5)).isEqualTo(4);
        quota.giveBack(BOB);
        quota.giveBack(BOB);
        assertThat(quota.takenBy(QuotaTest::isAlice, 5)).isEqualTo(2);
    }

    @Test
    void whoHasGivenAllBackIsForgotten() {
        take(2);
        quota.giveBack(ALICE);
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.bare(), 1));
        quota.giveBack(ALICE);
        assertThat(quota.byAccount()).isEmpty();
    }

    private static boolean isAlice(Jid account) {
        return account.bare().equals(ALICE.bare());
    }
}
