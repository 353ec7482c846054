// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.devstate.core.model.DeviceState;
import org.devstate.core.policy.LeaseTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseTermsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 86_400_000})
    void aGraceIsTakenUpToItsEdges(long ms) {
        assertThat(LeaseTerms.DEFAULT.withGraceMs(ms)).isEqualTo(new LeaseTerms(ms, DeviceState.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 86_400_001, Long.MIN_VALUE})
    void aGraceBeyondItsEdgesIsRejected(long ms) {
        assertThatThrownBy(() -> LeaseTerms.DEFAULT.withGraceMs(ms))
                .hasMessageContaining("0..86400 s, not " + ms + " ms");
    }

    @Test
    void aGracePeriodOfWholeSecondsIsWrittenInSeconds() {
        assertThatThrownBy(() -> LeaseTerms.DEFAULT.withGraceMs(99_999_999_000L))
                .hasMessage("grace must be within 0..86400 s, not 99999999 s");
    }

    @Test
    void anOfflineStateIsSetByItsName() {
        assertThat(LeaseTerms.DEFAULT.withOfflineState("INVALID"))
                .isEqualTo(new LeaseTerms(30_000, DeviceState.INVALID));
        assertThat(LeaseTerms.DEFAULT.withOfflineState("keep").offlineState()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INUSE", "unavailable", "KEEP"})
    void anOfflineStateThatNoGoneServerCanHaveIsRejected(String name) {
        assertThatThrownBy(() -> LeaseTerms.DEFAULT.withOfflineState(name)).hasMessageContaining("not '" + name + "'");
    }
}
