package org.devstate.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

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
}
