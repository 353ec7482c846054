// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueTextTest {

    @ParameterizedTest
    @EnumSource(DeviceState.class)
    void everyDeviceStateIsReadAsItWasWritten(DeviceState state) {
        assertThat(ValueText.write(state)).isEqualTo(state.name());
        assertThat(ValueText.parse(NodeType.DEVICE_STATE, state.name())).isEqualTo(state);
    }

    @Test
    void countsAreReadAsTheyWereWritten() {
        assertThat(ValueText.write(new MailboxCounts(3, 0))).isEqualTo("3/0");
        assertThat(ValueText.parse(NodeType.MESSAGE_WAITING, "3/0")).isEqualTo(new MailboxCounts(3, 0));
        assertThat(ValueText.parse(NodeType.MESSAGE_WAITING, "0/999999")).isEqualTo(new MailboxCounts(0, 999_999));
        assertThat(ValueText.parse(NodeType.MESSAGE_WAITING, "999999/9")).isEqualTo(new MailboxCounts(999_999, 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "3",
                "3/",
                "/3",
                "-1/0",
                "0/-1",
                "1000000/0",
                "0/1000000",
                "1/2/3",
                "a/0",
                "0/a",
                "+1/0",
                ":/0",
                "INUSE"
            })
    void otherTextIsNoCounts(String text) {
        assertThat(ValueText.parse(NodeType.MESSAGE_WAITING, text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "inuse", "3/0", "INUSE "})
    void otherTextIsNoDeviceState(String text) {
        assertThat(ValueText.parse(NodeType.DEVICE_STATE, text)).isNull();
    }
}
