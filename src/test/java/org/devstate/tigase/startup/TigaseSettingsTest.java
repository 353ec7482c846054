// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.core.policy.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The warnings about settings of a Tigase. */
final class TigaseSettingsTest {

    private static final Throttle STOCK = new Throttle(2_500, 20 * 1024 * 1024, 0, 0);
    private static final Pattern SETTING =
            Pattern.compile("trafficThrottling = 'xmpp:([0-9]+)k:0:disc,bin:([0-9]+)m:0:disc'");
    private static final int USUAL = Limits.DEFAULT.entriesPerAccount();
    private static final TigaseSettings GOOD =
            new TigaseSettings(true, Throttle.SAMPLE, 90_000, Map.of("c2s", 100_000, "pubsub", 160_000));

    @Test
    void theSamplesSettingsCauseNoWarning() {
        assertThat(GOOD.warnings(USUAL)).isEmpty();
    }

    @Test
    void eachMissingLineOfTheSampleCausesAWarning() {
        TigaseSettings stock = new TigaseSettings(false, STOCK, 2_340_000, Map.of("c2s", 1_300, "pubsub", 100_000));

        assertThat(stock.warnings(USUAL))
                .satisfiesExactly(
                        gate -> assertThat(gate).endsWith("give the bean c2s: 'asterisk-gate' (active: true) {}"),
                        throttle -> assertThat(throttle)
                                .startsWith("c2s disconnects clients above 2500 stanzas")
                                .contains("An Asterisk with 100000 devices")
                                .contains("give the bean c2s: trafficThrottling = 'xmpp:400k:0:disc,bin:400m:0:disc'"),
                        watchdog -> assertThat(watchdog)
                                .contains("detected only after 2340 s")
                                .contains("'watchdog-delay' = 30000 and 'watchdog-timeout' = 60000"),
                        queues -> assertThat(queues).contains("{c2s=1300}").endsWith("'max-queue-size' = 100000"));
    }

    @Test
    void theSampleHasTheSuggestedThrottle() throws IOException {
        Matcher sample = SETTING.matcher(Files.readString(Path.of("etc", "config.tdsl")));

        assertThat(sample.find()).isTrue();
        assertThat(throttle(sample)).isEqualTo(Throttle.SAMPLE);
        assertThat(sample.group()).isEqualTo(Throttle.settingFor(USUAL));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100_000, 136_000, 136_501, 139_000, 140_000, 1_000_000, 10_000_000})
    void theSettingThatIsGivenIsEnough(long entries) {
        Matcher setting = SETTING.matcher(Throttle.settingFor(entries));

        assertThat(setting.matches()).isTrue();
        assertThat(throttle(setting).lets(entries)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2500, 0, 0, 0, 799, true", // three stanzas each, and a hundred
        "2500, 0, 0, 0, 800, false",
        "0, 0, 0, 0, 10000000, true", // no limits
        "0, 20000000, 0, 0, 6633, true", // a kilobyte for each stanza
        "0, 20000000, 0, 0, 6634, false",
        "0, 0, 1000000, 0, 1, false", // a session that stays long enough is cut off
        "0, 0, 0, 1000000, 1, false"
    })
    void aThrottleLetsAsManyDevicesThrough(
            long stanzas, long bytes, long ever, long bytesEver, long entries, boolean lets) {
        assertThat(new Throttle(stanzas, bytes, ever, bytesEver).lets(entries)).isEqualTo(lets);
    }

    @Test
    void fewerDevicesNeedLess() {
        assertThat(new TigaseSettings(true, STOCK, 90_000, Map.of()).warnings(799))
                .isEmpty();
    }

    private static Throttle throttle(Matcher setting) {
        return new Throttle(
                Long.parseLong(setting.group(1)) * 1024, Long.parseLong(setting.group(2)) * 1024 * 1024, 0, 0);
    }
}
