// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UtcTest {

    private static final DateTimeFormatter JDK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Test
    void momentsAreWrittenLikeTheJdkAndReadAgain() {
        long step = 86_400_000L * 13 + 12_345_678; // all days of the month, leap years and centuries
        for (long ms = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
                ms < Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();
                ms += step) {
            assertThat(Utc.format(ms)).isEqualTo(JDK.format(Instant.ofEpochMilli(ms)));
            assertThat(Utc.parse(Utc.format(ms))).isEqualTo(ms);
        }
    }

    @Test
    void millisecondsMayBeLeftOut() {
        assertThat(Utc.parse("2026-11-25T08:30:01Z"))
                .isEqualTo(Instant.parse("2026-11-25T08:30:01Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "now", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-25T24:00:00Z", "2026-11-25"})
    void anInvalidTimeIsNotRead(String text) {
        assertThat(Utc.parse(text)).isNull();
    }
}
