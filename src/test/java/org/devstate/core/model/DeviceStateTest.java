// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceStateTest {

    @Test
    void theStatesAreThoseThatAsteriskWrites() {
        assertThat(DeviceState.values())
                .extracting(Enum::name)
                .containsExactlyInAnyOrder(
                        "UNKNOWN",
                        "NOT_INUSE",
                        "INUSE",
                        "BUSY",
                        "INVALID",
                        "UNAVAILABLE",
                        "RINGING",
                        "RINGINUSE",
                        "ONHOLD");
    }

    @ParameterizedTest
    @EnumSource
    void eachIsReadByItsName(DeviceState state) {
        assertThat(DeviceState.parse(state.name())).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "inuse", "InUse", " INUSE", "INUSE ", "NOT INUSE", "IDLE", "TOTAL", "0", "INUSE\0"})
    void anyOtherTextIsNoState(String text) {
        assertThat(DeviceState.parse(text)).isNull();
    }
}
