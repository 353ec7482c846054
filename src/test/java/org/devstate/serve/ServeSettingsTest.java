// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unsafe settings end it before it begins. */
final class ServeSettingsTest {

    private static ServeSettings settings(Map<String, Object> options) throws Failure {
        return ServeSettings.of(options, Map.of());
    }

    @Test
    void itIsForThisMachineAloneByDefault() throws Exception {
        ServeSettings settings = settings(Map.of());
        assertThat(settings.isLocal()).isTrue();
        assertThat(settings.url(8080)).isEqualTo("http://127.0.0.1:8080/");
        assertThat(settings.streams()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:0,127.0.0.1,0", "[::1]:80,::1,80", "localhost:9,localhost,9"})
    void localAddressesNeedNoUsers(String text, String host, int port) throws Exception {
        ServeSettings settings = settings(Map.of("listen", text));
        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.isLocal()).isTrue();
    }

    @Test
    void optionsOverrideTheFile() throws Exception {
        assertThat(ServeSettings.of(Map.of("streams", 5), Map.of("streams", 6, "title", "Hall")))
                .satisfies(settings -> assertThat(settings.streams()).isEqualTo(5))
                .satisfies(settings -> assertThat(settings.title()).isEqualTo("Hall"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "host", "host:", ":80", "host:99999", "host:-1", "host:x"})
    void anInvalidAddressIsNamed(String text) {
        assertThatThrownBy(() -> settings(Map.of("listen", text)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--listen must be ADDRESS:PORT")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void anotherAddressTakesUsersAndTls() throws Exception {
        Map<String, Object> open = Map.of("listen", "0.0.0.0:80");
        assertThatThrownBy(() -> settings(open))
                .hasMessageContaining("--certificate and --key, or --behind-proxy")
                .hasMessageContaining("--users FILE");
        assertThatThrownBy(() -> settings(Map.of("listen", "0.0.0.0:80", "users", "u")))
                .hasMessageContaining("--behind-proxy")
                .hasMessageNotContaining("--users FILE");
        assertThat(settings(Map.of("listen", "0.0.0.0:443", "users", "u", "certificate", "c", "key", "k"))
                        .url(443))
                .isEqualTo("https://0.0.0.0:443/");
        assertThat(settings(Map.of("listen", "0.0.0.0:80", "users", "u", "behind-proxy", true))
                        .isBehindProxy())
                .isTrue();
    }

    @Test
    void aProxyInFrontLetsOthersInSoThatUsersAreNeeded() {
        assertThatThrownBy(() -> settings(Map.of("behind-proxy", true))).hasMessageContaining("--users FILE");
    }

    @Test
    void certificateAndKeyBelongTogether() {
        assertThatThrownBy(() -> settings(Map.of("key", "k"))).hasMessageContaining("belong together");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void theNumberOfStreamsHasLimits(int streams) {
        assertThatThrownBy(() -> settings(Map.of("streams", streams))).hasMessageContaining("1..10000, not " + streams);
    }
}
