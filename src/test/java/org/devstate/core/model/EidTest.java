// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class EidTest {

    @ParameterizedTest
    @CsvSource({
        "00:11:22:33:44:5a, 00:11:22:33:44:5a, 00112233445a",
        "00:11:22:33:44:5A, 00:11:22:33:44:5a, 00112233445a",
        "DE:ad:Be:eF:0f:F0, de:ad:be:ef:0f:f0, deadbeef0ff0",
        "00:00:00:00:00:00, 00:00:00:00:00:00, 0",
        "ff:ff:ff:ff:ff:ff, ff:ff:ff:ff:ff:ff, ffffffffffff",
        "80:00:00:00:00:01, 80:00:00:00:00:01, 800000000001",
    })
    void sixHexBytesAreReadInEitherCaseAndWrittenInLowerCase(String text, String canonical, String value) {
        assertThat(Eid.parse(text))
                .isEqualTo(new Eid(Long.parseLong(value, 16)))
                .hasToString(canonical);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "zz:11:22:33:44:5a",
                "00:11:22:33:44:5g",
                "00:11:22:33:44",
                "00:11:22:33:44:5",
                "00:11:22:33:44:5a:",
                "00:11:22:33:44:5a6",
                "00:11:22:33:44:5a:66",
                ":00:11:22:33:44:5",
                " 00:11:22:33:44:5a",
                "00:11:22:33:44:5a ",
                "00:11:22:33:44: a",
                "00-11-22-33-44-5a",
                "00.11.22.33.44.5a",
                "00:11:22:33:44;5a",
                "001:1:22:33:44:5a",
                "00:11:22:33:4:45a",
                "00112233445a",
                "0011223344556677a",
                "+0:11:22:33:44:5a",
                "-1:11:22:33:44:5a",
                "0x:11:22:33:44:5a",
                "٠٠:11:22:33:44:5a",
                "００:11:22:33:44:5a",
                "00:11:22:33:44:5ａ",
                "00：11:22:33:44:5a",
                "00:11:22:33:44:5\n",
                "00:11:22:33:44:5\0",
            })
    void anythingElseIsNoEid(@Nullable String text) {
        assertThat(Eid.parse(text)).isNull();
    }

    @Test
    void aNumberThatIsNotSixBytesIsRejectedByName() {
        assertThatThrownBy(() -> new Eid(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Eid(1L << 48))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("281474976710656");
    }

    @Test
    void twoSpellingsOfOneEidAreEqual() {
        assertThat(Eid.parse("AA:BB:CC:DD:EE:FF"))
                .isEqualTo(Eid.parse("aa:bb:cc:dd:ee:ff"))
                .hasSameHashCodeAs(Eid.parse("aa:bb:cc:dd:ee:ff"));
    }
}
