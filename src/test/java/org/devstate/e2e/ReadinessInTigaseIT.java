// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.testbed.Await;
import org.devstate.testbed.Tigase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Settings of Tigase that would harm an Asterisk are logged when it starts, with the line to add. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigases to start
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ReadinessInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ReadinessInTigaseIT");
    private static final Path CONFIG = FOLDER.resolve("etc/config.tdsl");
    private static final List<String> OF_THE_SAMPLE =
            List.of("max-queue-size", "asterisk-gate", "trafficThrottling", "watchdog-delay", "watchdog-timeout");

    @Test
    void missingSettingsAreLoggedAndNothingIfNoneIsMissing() {
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER)) {
            String sample = read();
            tigase.restart(() -> write(withoutTheSample(sample)));
            Await.until("all warnings are logged", Duration.ofSeconds(10), () -> warnings(tigase)
                    .contains("'max-queue-size' = 100000"));
            assertThat(warnings(tigase))
                    .contains("'asterisk-gate' (active: true) {}")
                    .contains("c2s disconnects clients above 2500 stanzas or 20971520 bytes in a minute")
                    .contains("trafficThrottling = 'xmpp:400k:0:disc,bin:400m:0:disc'")
                    .contains("detected only after 2340 s")
                    .contains("'watchdog-delay' = 30000 and 'watchdog-timeout' = 60000")
                    .contains("{c2s=", "message-router=", "pubsub=", "sess-man=");

            tigase.restart(() -> write(sample));
            tigase.addAccount("pbx9");
            try (ServiceClient client = ServiceClient.login(tigase, "pbx9", "client")) {
                client.subscribe("device_state"); // so that some time has gone by since the start
            }
            assertThat(warnings(tigase)).isEmpty();
        }
    }

    private static String read() {
        try {
            return Files.readString(CONFIG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String config) {
        try {
            Files.writeString(CONFIG, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutTheSample(String config) {
        return config.lines()
                .filter(line -> OF_THE_SAMPLE.stream().noneMatch(line::contains))
                .collect(Collectors.joining("\n"));
    }

    /** The plugin's warnings since the last start, a line each. */
    private static String warnings(Tigase tigase) {
        return tigase.output()
                .lines()
                .filter(line -> line.contains("WARNING") && line.contains("DeviceStatePubSub"))
                .collect(Collectors.joining("\n"));
    }
}
