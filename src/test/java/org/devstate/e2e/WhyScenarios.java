// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.devstate.core.admin.why.AsteriskAggregate;
import org.devstate.core.model.DeviceState;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code why}, against real Asterisks. Each test has EIDs and names of its own. */
interface WhyScenarios extends AdministrationScenarios {

    /** The text of {@code queue show} for a member in each state (Asterisk: {@code ast_devstate2str}). */
    Map<DeviceState, String> SHOWN = new EnumMap<>(Map.of(
            DeviceState.UNKNOWN, "(Unknown)",
            DeviceState.NOT_INUSE, "(Not in use)",
            DeviceState.INUSE, "(In use)",
            DeviceState.BUSY, "(Busy)",
            DeviceState.INVALID, "(Invalid)",
            DeviceState.UNAVAILABLE, "(Unavailable)",
            DeviceState.RINGING, "(Ringing)",
            DeviceState.RINGINUSE, "(Ring+Inuse)",
            DeviceState.ONHOLD, "(On Hold)"));

    Duration LIMIT = Duration.ofSeconds(10);

    private Config why(String server, String node, String name) {
        return administrator().values("why", server, node, name);
    }

    private ServiceClient login(String user, String resource) {
        return ServiceClient.login(xmpp(), user, resource);
    }

    /** All pairs of states that two servers may publish of one device: a queue of 81 members shows each combination. */
    @ParameterizedTest
    @EnumSource(Release.class)
    default void everyPairOfStatesIsCombinedAsAsteriskDoes(Release release) throws Exception {
        String name = "pairs" + release.name().toLowerCase(Locale.ROOT);
        String prefix = "Custom:" + name + "-";
        xmpp().addAccount(name);
        administrator().does("add-site", name, "--server", name + "@example.net");
        try (ServiceClient one = login("pbx1", name);
                ServiceClient other = login("pbx2", name);
                Asterisk asterisk = Asterisk.start(Testbed.find(), release, folder(), name, 2, xmpp())) {
            Path queues = asterisk.folder().resolve("queues.conf");
            StringBuilder members = new StringBuilder("\n[pairs]\nstrategy = ringall\n");
            List<String> ofOne = new ArrayList<>();
            List<String> ofOther = new ArrayList<>();
            int tag = release == Release.V16 ? 0 : 1;
            for (DeviceState first : DeviceState.values()) {
                for (DeviceState second : DeviceState.values()) {
                    String device = prefix + first + "-" + second;
                    members.append("member => Local/" + device.substring(7) + "@default,0," + device.substring(7) + ","
                            + device + "\n");
                    ofOne.add(device(device, "02:00:00:00:0" + tag + ":a1", first.name()));
                    ofOther.add(device(device, "02:00:00:00:0" + tag + ":a2", second.name()));
                }
            }
            asterisk.awaitConnected(Office.CONNECT);
            Files.writeString(queues, Files.readString(queues) + members);
            asterisk.cli("queue reload all");
            one.publishUnasked("device_state", ofOne);
            other.publishUnasked("device_state", ofOther);
            one.publish("device_state", device(prefix + "last", "02:00:00:00:0" + tag + ":a1", "INUSE"));
            other.publish("device_state", device(prefix + "last", "02:00:00:00:0" + tag + ":a2", "INUSE"));

            List<String> wrong = new ArrayList<>(List.of("nothing is shown yet"));
            for (int look = 0; look < 20 && !wrong.isEmpty(); look++) {
                Thread.sleep(500);
                wrong = wrongPairs(asterisk, prefix, release);
            }
            assertThat(wrong).as("%s", asterisk.title()).isEmpty();

            Config why = why(name, "device", prefix + "INUSE-RINGING");
            assertThat(why.getString("cause")).isEqualTo("combined");
            assertThat(why.getString("value")).isEqualTo("RINGINUSE");
            assertThat(why.getConfigList("sources")).hasSize(2);
        } finally {
            administrator().does("remove-site", name, "--yes");
        }
    }

    private static List<String> wrongPairs(Asterisk asterisk, String prefix, Release release) {
        String shown = asterisk.cli("queue show pairs");
        List<String> wrong = new ArrayList<>();
        for (DeviceState first : DeviceState.values()) {
            for (DeviceState second : DeviceState.values()) {
                String device = prefix + first + "-" + second;
                DeviceState combined = AsteriskAggregate.of(List.of(first, second));
                boolean differs = release == Release.V16 && first != second && combined == DeviceState.INVALID;
                String expected = SHOWN.get(differs ? DeviceState.UNKNOWN : combined);
                String line = shown.lines()
                        .filter(each -> each.contains("from " + device + ")"))
                        .findFirst()
                        .orElse("no member on " + device);
                if (!line.contains(String.valueOf(expected))) {
                    wrong.add(first + " + " + second + " is not " + expected + ": " + line.strip());
                }
            }
        }
        return wrong;
    }

    /** One real server is asked about, another publishes: delivered, gone, and back without the device. */
    @ParameterizedTest
    @EnumSource(Release.class)
    default void whyAgreesWithARealServersHints(Release release) {
        Release other = release == Release.V16 ? Release.V22 : Release.V16;
        String site = "why" + release.name().toLowerCase(Locale.ROOT);
        String lamp = site + "lamp";
        String phone = site + "phone";
        xmpp().addAccount(lamp);
        xmpp().addAccount(phone);
        administrator()
                .does(
                        "add-site",
                        site,
                        "--server",
                        lamp + "@example.net",
                        "--server",
                        phone + "@example.net",
                        "--grace",
                        "3");
        assertThat(why(lamp + "@example.net", "device", "Custom:agent1").getString("cause"))
                .isEqualTo("not-connected");
        try (Asterisk shows = Asterisk.start(
                        Testbed.find(), release, folder(), lamp, release == Release.V16 ? 20 : 22, xmpp());
                Asterisk publishes = Asterisk.start(
                        Testbed.find(), other, folder(), phone, release == Release.V16 ? 21 : 23, xmpp())) {
            shows.awaitConnected(Office.CONNECT);
            publishes.awaitConnected(Office.CONNECT);
            assertThat(why(lamp, "device", "Custom:agent4").getString("cause")).isEqualTo("never-published");

            publishes.setDeviceState("Custom:agent1", "BUSY");
            Office.awaitMember(shows, "Custom:agent1", "(Busy)", LIMIT);
            Config delivered = why(lamp, "device", "Custom:agent1");
            assertThat(delivered.getString("cause")).isEqualTo("delivered");
            assertThat(delivered.getString("value")).isEqualTo("BUSY");
            assertThat(why(phone, "device", "Custom:agent1").getString("cause")).isEqualTo("own");
            assertThat(why(lamp, "device", "custom:agent1").getString("cause")).isEqualTo("case");

            administrator()
                    .does("edit-site", site, "--receive", "deny * device Custom:agent1", "--receive", "allow * *");
            Office.awaitMember(shows, "Custom:agent1", "(Unavailable)", LIMIT);
            assertThat(why(lamp, "device", "Custom:agent1").getString("cause")).isEqualTo("denied");
            administrator().does("edit-site", site, "--receive", "allow * *");
            Office.awaitMember(shows, "Custom:agent1", "(Busy)", LIMIT);

            publishes.kill();
            Await.until("it is known to be gone", Duration.ofSeconds(60), () -> !why(lamp, "device", "Custom:agent1")
                    .getString("cause")
                    .equals("delivered"));
            Office.awaitMember(shows, "Custom:agent1", "(Unavailable)", LIMIT);
            Config gone = why(lamp, "device", "Custom:agent1");
            assertThat(gone.getString("cause")).isEqualTo("publisher-gone");
            assertThat(gone.getString("value")).isEqualTo("UNAVAILABLE");
            assertThat(administrator().does("why", lamp, "device", "Custom:agent1"))
                    .contains(
                            "is UNAVAILABLE at " + lamp,
                            "has been gone since",
                            "this is the offline state",
                            "What to do:");
            assertThat(administrator().does("entry", "device", "Custom:agent1"))
                    .contains("has been gone since", "this is the offline state");
        } finally {
            administrator().does("remove-site", site, "--yes");
        }
    }

    @Test
    default void aClientThatOnlyPublishesIsNotSubscribed() {
        try (ServiceClient deaf = login("pbx3", "deaf")) {
            deaf.publish("device_state", device("Deaf/1", "02:00:00:00:02:01", "INUSE"));
            Config why = why("pbx3", "device", "Deaf/2");
            assertThat(why.getString("cause")).isEqualTo("not-subscribed");
            assertThat(administrator().does("why", "pbx3", "device", "Deaf/2"))
                    .contains("pbx3@example.net is connected but not subscribed", "core restart when convenient");
        }
    }

    @Test
    default void aServerInNoSiteReceivesNothing() {
        assertThat(why("stranger@elsewhere.org", "mailbox", "500@default").getString("cause"))
                .isEqualTo("not-admitted");
    }
}
