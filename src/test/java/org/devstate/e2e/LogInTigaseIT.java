// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.devstate.testbed.Await;
import org.devstate.testbed.Tigase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tigase's log about sites and rejections: by itself, and with other levels. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class LogInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("LogInTigaseIT");
    private static final String EID = "00:11:22:33:44:71";
    private static final String SITES = "[INFO    ]";
    private static final Duration SOON = Duration.ofSeconds(30);

    /** As in the guide administration.md. */
    private static final String LEVELS =
            """

            logging () {
                loggers = {
                    'org.devstate.sites' = {
                        level = 'WARNING'
                    }
                }
            }
            """;

    @Test
    void theOperatorLogHasOneLineForEachChangeAndRejectionUnlessTurnedOff() {
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER)) {
            tigase.addAccount("pbx9");
            tigase.addAccount("mallory");
            comeAndGo(tigase);
            Await.until("its grace is over", SOON, () -> lines(tigase, SITES).size() == 4);
            assertThat(lines(tigase, SITES))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .endsWith("pbx9@example.net: EID " + EID + " is now bound to this account"),
                            line -> assertThat(line)
                                    .endsWith("site default: pbx9@example.net/asterisk is connected, EID " + EID),
                            line -> assertThat(line)
                                    .endsWith("pbx9@example.net/asterisk is gone; its device states stay for 5 s"),
                            line -> assertThat(line)
                                    .endsWith("has not come back: 1 device of EID " + EID + " now UNAVAILABLE"));
            assertThat(lines(tigase, "[WARNING ]"))
                    .singleElement()
                    .asString()
                    .contains("mallory@example.net/x is rejected (403): this account is not admitted");

            tigase.restart(() -> append(LEVELS));
            comeAndGo(tigase);
            assertThat(lines(tigase, "[WARNING ]")).hasSize(1);
            assertThat(lines(tigase, SITES)).isEmpty();
        }
    }

    private static void comeAndGo(Tigase tigase) {
        try (ServiceClient server = ServiceClient.login(tigase, "pbx9", "asterisk");
                ServiceClient mallory = ServiceClient.login(tigase, "mallory", "x")) {
            server.publish("device_state", device("PJSIP/1", EID, "INUSE"));
            server.subscribe("device_state");
            for (int i = 0; i < 20; i++) {
                mallory.requestSubscription("device_state");
            }
        }
        Await.until("the rejection is logged", SOON, () -> !lines(tigase, "[WARNING ]")
                .isEmpty());
    }

    /** The console's lines about the service since the last start, at that level. */
    private static List<String> lines(Tigase tigase, String level) {
        return tigase.output()
                .lines()
                .filter(line -> line.contains(level) && line.contains("LoggerOperatorLog"))
                .collect(Collectors.toList());
    }

    private static void append(String lines) {
        try {
            Files.writeString(FOLDER.resolve("etc/config.tdsl"), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
