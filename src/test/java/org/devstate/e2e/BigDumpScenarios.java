// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.awaitMember;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/** A server with thousands of devices connects, and publishes all of them at once. */
interface BigDumpScenarios extends Scenarios {

    int DEVICES = 5_000;
    Duration PATIENCE = Duration.ofSeconds(60);

    /** For one change. A dump fills the line between the servers; the test checks that no change waits for its end. */
    Duration MEANWHILE = Duration.ofSeconds(10);

    @Test
    default void aBigSnapshotArrivesAndChangesDoNotWaitForItsEnd() throws InterruptedException {
        Map<String, String> devices = devices();
        try (Asterisk big = office().startFourth(Release.V22);
                ServiceClient witness = office().login("pbx9", "dump")) {
            List<AsteriskLog> logs = office().servers().stream()
                    .map(server -> server.log().fromNow())
                    .toList();
            AsteriskLog own = big.log().fromNow();
            witness.subscribe("device_state");

            big.restartRemembering(devices);
            String last = flapUntilAllIsHeard(new Arrivals(witness));

            for (int i = 0; i < logs.size(); i++) {
                assertReceived(devices, office().servers().get(i), logs.get(i));
            }
            office().awaitMemberOnOthers(1, "Custom:agent1", last, AT_ONCE);
            // It subscribes after its dump: a session that is cut off in the middle of that never receives the
            // others' states.
            awaitMember(big, "Custom:agent1", last, MEANWHILE);
            assertThat(own.pubsubErrors()).isEmpty();
            takeBack(big);
        }
    }

    /**
     * All of it is in the log, with the right states. Where Asterisk has cut the log, which hides a few items, it shows these by
     * hints.
     */
    private static void assertReceived(Map<String, String> devices, Asterisk server, AsteriskLog log) {
        Await.until(
                "all of it is in the log of " + server.title(),
                PATIENCE,
                () -> missing(devices, lastOf(log)).size() <= log.mostHidden());
        Map<String, String> expected = new HashMap<>(devices);
        Set<String> hidden = missing(devices, lastOf(log));
        expected.keySet().removeAll(hidden);
        assertThat(lastOf(log)).containsAllEntriesOf(expected);
        assertThat(log.pubsubErrors()).isEmpty();
        if (!hidden.isEmpty()) {
            server.addHints(hidden);
            expected = new HashMap<>(devices);
            expected.keySet().retainAll(hidden);
            assertThat(server.hints()).containsAllEntriesOf(Asterisk.hintsOf(expected));
        }
    }

    private static Set<String> missing(Map<String, String> devices, Map<String, String> logged) {
        Set<String> missing = new HashSet<>(devices.keySet());
        missing.removeAll(logged.keySet());
        return missing;
    }

    /** Changes a device again and again, as soon as the others have seen it; returns its last state, as queues show it. */
    private String flapUntilAllIsHeard(Arrivals dump) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int shownMeanwhile = 0;
        String shown = "";
        while (dump.count() < DEVICES) {
            assertThat(System.nanoTime())
                    .as("all of it has arrived in time: " + dump.count())
                    .isLessThan(end);
            boolean underWay = dump.count() > DEVICES / 50;
            boolean ring = !shown.equals("(Ringing)");
            shown = ring ? "(Ringing)" : "(In use)";
            office().server(1).setDeviceState("Custom:agent1", ring ? "RINGING" : "INUSE");
            office().awaitMemberOnOthers(1, "Custom:agent1", shown, MEANWHILE);
            if (underWay && dump.count() < DEVICES) {
                shownMeanwhile++;
            }
        }
        assertThat(shownMeanwhile)
                .as("changes that were seen while the dump was under way")
                .isPositive();
        return shown;
    }

    /** The states that a client has received of the dump. */
    final class Arrivals {

        private final ServiceClient client;
        private final Set<String> devices = new HashSet<>();

        Arrivals(ServiceClient client) {
            this.client = client;
        }

        /** How many of its devices have come so far. */
        int count() throws InterruptedException {
            for (XmlElement item = client.itemNow(); item != null; item = client.itemNow()) {
                String device = String.valueOf(item.attribute("id"));
                if (device.startsWith("Custom:bulk")) {
                    devices.add(device);
                }
            }
            return devices.size();
        }
    }

    private static Map<String, String> devices() {
        List<String> states = List.of("BUSY", "INUSE", "NOT_INUSE", "ONHOLD", "RINGING", "UNAVAILABLE");
        return IntStream.range(0, DEVICES)
                .boxed()
                .collect(Collectors.toMap(n -> "Custom:bulk" + n, n -> states.get(n % states.size())));
    }

    private static Map<String, String> lastOf(AsteriskLog log) {
        Map<String, String> last = new HashMap<>();
        for (LoggedState heard : log.received()) {
            last.put(heard.device(), heard.state());
        }
        return last;
    }

    /** So that servers of later tests need not receive all this. */
    private void takeBack(Asterisk big) {
        big.cli("xmpp delete node xmpp device_state");
        try (ServiceClient reader = office().login("pbx9", "after-dump")) {
            Await.until("it is taken back", PATIENCE, () -> !reader.pubsub("get", "<items node='device_state'/>")
                    .toString()
                    .contains("Custom:bulk"));
        }
    }
}
