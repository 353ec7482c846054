package org.devstate.tigase.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.policy.Limits;
import org.devstate.core.store.WriteInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {

    private final SettingsReader reader = new SettingsReader();

    @Test
    void numbersAreReadFromTexts() {
        Limits limits = reader.integer("snapshot-rate", " 500 ", Limits.DEFAULT, Limits::withSnapshotRate);

        assertThat(limits.snapshotRate()).isEqualTo(500);
        assertThat(reader.wrong()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.5", "5 s", "0x10", "99999999999999999999"})
    void whatIsNoNumberIsNamedWithItsKey(String text) {
        long interval = reader.number("store-interval", text, 1L, (old, ms) -> WriteInterval.check(ms));

        assertThat(interval).isEqualTo(1L);
        assertThat(reader.wrong())
                .containsExactly("pubsub 'store-interval': must be a whole number, not '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-1, -1", "4294967796, 2147483647", "-4294967796, -2147483648"})
    void numbersOutOfRangeAreNotTakenForOthers(String text, int said) {
        reader.integer("snapshot-rate", text, Limits.DEFAULT, Limits::withSnapshotRate);

        assertThat(reader.wrong())
                .containsExactly("pubsub 'snapshot-rate': snapshot-rate must be within 100..1000000, not " + said);
    }

    @Test
    void errorsAreCollectedInTheirOrder() {
        ServerAddress address = reader.take("asterisk-server-host", ServerAddress.DEFAULT, old -> old.withHost("a b"));
        address = reader.number("asterisk-server-port", "0", address, ServerAddress::withPort);
        address = reader.number("asterisk-server-port", "65536", address, ServerAddress::withPort);

        assertThat(address).isEqualTo(ServerAddress.DEFAULT);
        assertThat(reader.wrong())
                .containsExactly(
                        "pubsub 'asterisk-server-host': must be a name such as xmpp.example.net, not 'a b'",
                        "pubsub 'asterisk-server-port': must be within 1..65535, not 0",
                        "pubsub 'asterisk-server-port': must be within 1..65535, not 65536");
    }

    @Test
    void hostsAndPortsAreRead() {
        assertThat(ServerAddress.DEFAULT.withHost("fd00::1").withPort(65_535))
                .isEqualTo(new ServerAddress("fd00::1", 65_535));
    }
}
