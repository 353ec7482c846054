// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import com.typesafe.config.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Await;
import org.devstate.testbed.Interruptible;
import org.junit.jupiter.api.Test;

/** The subcommands about entries. Each test has an EID and names of its own. */
interface EntryCommandScenarios extends AdministrationScenarios {

    private ServiceClient login(String user, String resource) {
        return ServiceClient.login(xmpp(), user, resource);
    }

    @Test
    default void aServersEntryIsShownWithItsSubscribers() {
        String eid = "02:00:00:00:01:01";
        try (ServiceClient teller = login("pbx1", "shown");
                ServiceClient hearer = login("pbx2", "shown")) {
            hearer.subscribe("device_state");
            teller.publish("device_state", device("Shown/1", eid, "INUSE"));

            List<? extends Config> rows = administrator()
                    .rows("entries", "--site", "default", "--node", "device", "--id", "Shown/*", "--state", "IN*");
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.getString("id")).isEqualTo("Shown/1");
                assertThat(row.getString("eid")).isEqualTo(eid);
                assertThat(row.getString("account")).isEqualTo("pbx1@example.net");
                assertThat(row.getString("value")).isEqualTo("INUSE");
            });
            assertThat(administrator().rows("entries", "--id", "Shown/*", "--state", "RING*"))
                    .isEmpty();
            assertThat(administrator().does("entry", "device", "Shown/1"))
                    .contains(eid, "INUSE", "pbx2@example.net/shown");
            assertThat(administrator().rows("eids")).anySatisfy(row -> {
                assertThat(row.getString("eid")).isEqualTo(eid);
                assertThat(row.getString("account")).isEqualTo("pbx1@example.net");
            });
            assertThat(administrator().rows("servers", "default"))
                    .anySatisfy(row -> assertThat(row.getString("account")).isEqualTo("pbx1@example.net"));
        }
    }

    @Test
    default void allEntriesAreShownOverSeveralPages() {
        int most = 1_050;
        try (ServiceClient teller = login("pbx1", "pages")) {
            teller.publishUnasked(
                    "device_state",
                    IntStream.range(0, most)
                            .mapToObj(n -> device("Page/" + n, "02:00:00:00:01:02", "INUSE"))
                            .toList());
            teller.publish("device_state", device("Page/last", "02:00:00:00:01:02", "INUSE"));
            assertThat(administrator().rows("entries", "--id", "Page/*"))
                    .hasSize(most + 1)
                    .doesNotHaveDuplicates();
            Outcome some = administrator().run("entries", "--id", "Page/*", "--limit", "7");
            assertThat(some.out().lines()).hasSize(8);
            assertThat(some.err()).contains("7 of 1051");
            administrator().does("purge-server", "pbx1");
            assertThat(administrator().rows("entries", "--id", "Page/*"))
                    .noneMatch(row -> row.getString("value").equals("INUSE"));
        }
    }

    @Test
    default void entriesSetOrClearedByHandAreSentToSubscribers() throws InterruptedException {
        String eid = "02:00:00:00:01:03";
        try (ServiceClient teller = login("pbx1", "hand");
                ServiceClient hearer = login("pbx2", "hand")) {
            hearer.subscribe("device_state");
            teller.publish("device_state", device("Hand/1", eid, "INUSE"));
            assertThat(hearer.nextState("Hand/1")).isEqualTo("INUSE");

            administrator().does("set-entry", "device", "Hand/1", eid, "RINGING");
            assertThat(hearer.nextState("Hand/1")).isEqualTo("RINGING");
            assertThat(administrator().does("entry", "device", "Hand/1"))
                    .containsPattern("RINGING.* yes")
                    .contains("admin@example.net set it to RINGING by hand at ");

            administrator().does("clear-entry", "device", "Hand/1", eid);
            assertThat(hearer.nextState("Hand/1")).isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    default void anInvalidValueIsRejected() {
        Outcome outcome = administrator().run("set-entry", "device", "Hand/2", "nonsense", "ASLEEP");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .anyMatch(line -> line.startsWith("eid:"))
                .anyMatch(line -> line.startsWith("value:"));
    }

    @Test
    default void aReleasedEidMayBeUsedByAnother() {
        String eid = "02:00:00:00:01:04";
        try (ServiceClient first = login("pbx1", "eids");
                ServiceClient second = login("pbx2", "eids")) {
            first.publish("device_state", device("Moved/1", eid, "INUSE"));
            assertThat(ServiceClient.condition(second.publish("device_state", device("Moved/1", eid, "BUSY"))))
                    .isEqualTo("forbidden");
            assertThat(administrator().rows("rejections"))
                    .anySatisfy(row -> assertThat(row.getString("from")).startsWith("pbx2@example.net"));
            administrator().does("reset-eid", eid);
            assertThat(second.publish("device_state", device("Moved/1", eid, "BUSY"))
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    default void everyCounterHasAMeaning() {
        assertThat(administrator().rows("counters")).isNotEmpty().allSatisfy(row -> assertThat(row.getString("meaning"))
                .isNotBlank());
    }

    @Test
    default void watchShowsAChangeWithinTwoSecondsUntilItIsStopped() throws IOException, InterruptedException {
        Process watch = administrator().script("watch", "--id", "Watched/*").start();
        try (ServiceClient teller = login("pbx1", "watched");
                BufferedReader err = watch.errorReader(StandardCharsets.UTF_8);
                BufferedReader out = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(err.readLine()).startsWith("Watching");
            teller.publish("device_state", device("Other/1", "02:00:00:00:01:05", "INUSE"));
            teller.publish("device_state", device("Watched/1", "02:00:00:00:01:05", "INUSE"));
            Await.until("the change is shown", Office.AT_ONCE, out::ready);
            assertThat(out.readLine())
                    .contains("device_state  Watched/1  02:00:00:00:01:05")
                    .endsWith("INUSE  stored");
            Interruptible.interrupt(watch);
            Await.until("it has ended", Duration.ofSeconds(5), () -> !watch.isAlive());
            assertThat(out.readLine()).isNull();
            assertThat(watch.waitFor()).isEqualTo(130);
        } finally {
            watch.destroyForcibly().waitFor();
        }
    }
}
