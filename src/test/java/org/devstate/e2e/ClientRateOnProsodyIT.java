// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The rate at which Prosody reads from a client: the guide's line for it, and Debian's. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
final class ClientRateOnProsodyIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ClientRateOnProsodyIT");
    private static final String DEBIANS = "limits = { c2s = { rate = \"10kb/s\" } }";
    private static final int DEVICES = 400;

    /** From its login to the last device, with the guide's line. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);

    /** Its publishes are more than 100,000 bytes; Prosody takes two seconds' worth at once, and then 10,000 bytes a second. */
    private static final Duration AT_LEAST_AT_DEBIANS_RATE = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Entries go offline at once, so that a restarted server publishes changes. */
    private static final HostSetup SETUP = HostSetup.governed(
            """
            site all
                servers  pbx*@example.net
                grace    0 s
                publish  allow *
                receive  allow * *
            """);

    private static final Map<String, String> STATES =
            IntStream.range(0, DEVICES).boxed().collect(Collectors.toMap(n -> "Custom:bulk" + n, n -> "INUSE"));

    @Test
    @Timeout(180)
    void aRestartedServerWith400DevicesArrivesAtOnceWithTheReadmesRateAndLateWithDebians() throws InterruptedException {
        Testbed testbed = Testbed.find();
        Path jar = Path.of(System.getProperty("devstate.componentJar"));
        try (Prosody prosody = Prosody.start(testbed, FOLDER.resolve("prosody"), jar, SETUP)) {
            prosody.addAccount("pbx1");
            prosody.addAccount("pbx9");
            Release release = testbed.orOther(Release.V22);
            try (Asterisk server = Asterisk.start(testbed, release, FOLDER, "pbx1", 1, prosody)) {
                server.awaitConnected(Office.CONNECT);
                server.restartRemembering(STATES);
                server.kill();

                assertThat(restart(prosody, server).sinceLogin())
                        .as("with the guide's line")
                        .isLessThan(FEW_SECONDS);
                server.kill();

                prosody.replaceClientLimits(DEBIANS);
                prosody.restart(() -> {});
                assertThat(restart(prosody, server).sinceLaunch())
                        .as("with Debian's line")
                        .isGreaterThan(AT_LEAST_AT_DEBIANS_RATE);
            }
        }
    }

    private record Arrival(Duration sinceLaunch, Duration sinceLogin) {}

    /** Starts the server, which has ended, and returns when the last of its devices has reached a client. */
    private static Arrival restart(Prosody prosody, Asterisk server) throws InterruptedException {
        try (ServiceClient witness = ServiceClient.login(prosody, "pbx9", "witness")) {
            awaitAllOffline(witness);
            witness.subscribe("device_state");
            long launch = System.nanoTime();
            server.restart(Office.CONNECT);
            long login = System.nanoTime();
            awaitAll(witness);
            long end = System.nanoTime();
            return new Arrival(Duration.ofNanos(end - launch), Duration.ofNanos(end - login));
        }
    }

    private static void awaitAllOffline(ServiceClient witness) {
        Await.until(
                "none of its devices is in use", PATIENCE, () -> !witness.pubsub("get", "<items node='device_state'/>")
                        .toString()
                        .contains("INUSE"));
    }

    private static void awaitAll(ServiceClient witness) throws InterruptedException {
        Set<String> arrived = new HashSet<>();
        while (arrived.size() < DEVICES) {
            XmlElement item = witness.nextItem("after " + arrived.size() + " devices");
            if (item.children().get(0).text().equals("INUSE")) {
                arrived.add(String.valueOf(item.attribute("id")));
            }
        }
    }
}
