// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {

    private final SettingsReader reader = new SettingsReader();

    @Test
    void numbersAreReadFromTexts() {
        assertThat(reader.number(Settings.SNAPSHOT_RATE, " 500 ")).isEqualTo(500);
        assertThat(reader.time(Settings.GRACE, "86400")).isEqualTo(86_400_000L);
        assertThat(reader.time(Settings.WRITE_INTERVAL, "10")).isEqualTo(10L);
        assertThat(reader.wrong()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.5", "5 s", "0x10", "99999999999999999999"})
    void anInvalidNumberIsNamedWithItsKey(String text) {
        assertThat(reader.time(Settings.WRITE_INTERVAL, text)).isEqualTo(1_000L);
        assertThat(reader.wrong())
                .containsExactly("pubsub 'store-interval': must be a whole number, not '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "4294967796", "-4294967796"})
    void numbersOutOfRangeAreNotTakenForOthers(String text) {
        assertThat(reader.number(Settings.SNAPSHOT_RATE, text)).isEqualTo(500_000);
        assertThat(reader.wrong()).containsExactly("pubsub 'snapshot-rate': must be within 100..1000000, not " + text);
    }

    @Test
    void timesOutOfRangeAreShownInTheUnitOfTheSetting() {
        assertThat(reader.time(Settings.GRACE, "86401")).isEqualTo(30_000L);
        assertThat(reader.time(Settings.GRACE, "-1")).isEqualTo(30_000L);
        assertThat(reader.time(Settings.WRITE_INTERVAL, "3600001")).isEqualTo(1_000L);
        assertThat(reader.wrong())
                .containsExactly(
                        "pubsub 'grace': must be within 0..86400 s, not 86401 s",
                        "pubsub 'grace': must be within 0..86400 s, not -1 s",
                        "pubsub 'store-interval': must be within 10..3600000 ms, not 3600001 ms");
    }

    @Test
    void errorsAreCollectedInTheirOrder() {
        assertThat(reader.text(Settings.ENROLMENT_HOST, "a b")).isEmpty();
        assertThat(reader.number(Settings.ENROLMENT_PORT, "0")).isEqualTo(5222);
        assertThat(reader.number(Settings.ENROLMENT_PORT, "65536")).isEqualTo(5222);
        assertThat(reader.choice(Settings.OFFLINE_STATE, "GONE")).isEqualTo("UNAVAILABLE");

        assertThat(reader.wrong())
                .containsExactly(
                        "pubsub 'asterisk-server-host': must be a name such as xmpp.example.net, not 'a b'",
                        "pubsub 'asterisk-server-port': must be within 1..65535, not 0",
                        "pubsub 'asterisk-server-port': must be within 1..65535, not 65536",
                        "pubsub 'offline-state': must be one of UNAVAILABLE, UNKNOWN, INVALID, keep, not 'GONE'");
    }

    @Test
    void hostsAndPortsAreRead() {
        assertThat(reader.text(Settings.ENROLMENT_HOST, "fd00::1")).isEqualTo("fd00::1");
        assertThat(reader.number(Settings.ENROLMENT_PORT, "65535")).isEqualTo(65_535);
    }
}
