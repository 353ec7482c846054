package org.devstate.core.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GatheringTest {

    private static final int MANY_IN_A_LOOK = (int) (Gathering.MANY_PER_SECOND * Gathering.LOOK_MS / 1_000);

    private final Gathering gathering = new Gathering();
    private long nowMs = 7_000;

    GatheringTest() {
        restAfter(0); // the first look
    }

    @Test
    void fewNeverRest() {
        for (int i = 0; i < 1_000; i++) {
            nowMs += Gathering.LOOK_MS;
            assertThat(restAfter(MANY_IN_A_LOOK)).isZero();
        }
    }

    @Test
    void moreRestFromTheNextLookOnForAsLongAsTheyGoOn() {
        assertThat(restAfter(MANY_IN_A_LOOK)).isZero();
        nowMs += Gathering.LOOK_MS - 1;
        assertThat(restAfter(1)).isZero();
        nowMs++;
        for (int i = 0; i < 100; i++) {
            assertThat(restAfter(MANY_IN_A_LOOK)).isEqualTo(MILLISECONDS.toNanos(Gathering.GATHER_MS));
            nowMs += Gathering.LOOK_MS - 1;
            assertThat(restAfter(1)).isEqualTo(MILLISECONDS.toNanos(Gathering.GATHER_MS));
            nowMs++;
        }
    }

    @Test
    void aMomentAfterTheLastOfAFloodNoneRests() {
        restAfter(100 * MANY_IN_A_LOOK);
        nowMs += Gathering.LOOK_MS;
        assertThat(restAfter(1)).isPositive();
        nowMs += Gathering.LOOK_MS;
        assertThat(restAfter(1)).isZero();
    }

    private long restAfter(int changes) {
        return gathering.restNanos(changes, MILLISECONDS.toNanos(nowMs));
    }
}
