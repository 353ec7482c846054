// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.awaitMember;
import static org.devstate.e2e.ServiceClient.device;
import static org.devstate.e2e.ServiceClient.nonCachable;

import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Test;

/** The effect of a site's rules on real Asterisks of both releases, which show it in their queues. Each test has a site of its own. */
interface RuleScenarios extends AdministrationScenarios {

    Duration SHOWN_WITHIN = Duration.ofSeconds(5);

    /** A device of another server, which every server of a test has a hint and a queue member on. */
    String WATCHED = "Custom:agent4";

    /** A device with an asterisk in its name can be named alone. */
    @Test
    default void anEscapedAsteriskInARuleNamesOneDevice() {
        try (Pair pair = new Pair(this, "star")) {
            administrator().does("edit-site", "star", "--publish", "deny device Custom:\\*42", "--publish", "allow *");

            pair.one.setDeviceState("Custom:*42", "INUSE");
            pair.one.setDeviceState("Custom:142", "INUSE");

            Await.until("the other device arrives", SHOWN_WITHIN, () -> pair.other
                    .log()
                    .received("Custom:142", "INUSE"));
            assertThat(pair.one.log().published())
                    .anyMatch(state -> state.device().equals("Custom:*42"));
            assertThat(pair.other.log().received("Custom:*42")).isEmpty();
        }
    }

    @Test
    default void aSuspendedSiteIsCutOffFromOthersAndCompletelyAlsoInItself() {
        try (Pair pair = new Pair(this, "cut");
                ServiceClient outside = ServiceClient.login(xmpp(), "pbx1", "outside")) {
            String eid = "02:00:00:00:0b:01";
            outside.publish("device_state", device("Custom:agent4", eid, "BUSY"));
            pair.one.setDeviceState("Custom:agent1", "INUSE");
            awaitMember(pair.one, "Custom:agent4", "(Busy)", SHOWN_WITHIN);
            awaitMember(pair.other, "Custom:agent4", "(Busy)", SHOWN_WITHIN);
            awaitMember(pair.other, "Custom:agent1", "(In use)", SHOWN_WITHIN);

            administrator().does("suspend-site", "cut");
            awaitMember(pair.one, "Custom:agent4", "(Unavailable)", SHOWN_WITHIN);
            awaitMember(pair.other, "Custom:agent4", "(Unavailable)", SHOWN_WITHIN);
            pair.one.setDeviceState("Custom:agent1", "RINGING");
            awaitMember(pair.other, "Custom:agent1", "(Ringing)", SHOWN_WITHIN);

            administrator().does("suspend-site", "cut", "--completely");
            awaitMember(pair.other, "Custom:agent1", "(Unavailable)", SHOWN_WITHIN);
            pair.one.setDeviceState("Custom:agent1", "ONHOLD");
            pair.other.setDeviceState("Custom:agent2", "INUSE");

            administrator().does("resume-site", "cut");
            awaitMember(pair.other, "Custom:agent1", "(On Hold)", SHOWN_WITHIN);
            awaitMember(pair.one, "Custom:agent2", "(In use)", SHOWN_WITHIN);
            awaitMember(pair.one, "Custom:agent4", "(Busy)", SHOWN_WITHIN);
            assertThat(pair.other.log().received("Custom:agent1"))
                    .extracting(state -> state.state())
                    .containsSubsequence("INUSE", "RINGING", "UNAVAILABLE", "ONHOLD");
            outside.request("set", SharingScenarios.FORGET);
        }
    }

    /** No hint shows a non-cachable state of another server; a rule has it stored and sent as a cachable one. */
    @Test
    default void aRuleMakesNonCachableDevicesCachable() {
        try (Pair pair = new Pair(this, "dahdi");
                ServiceClient publisher = ServiceClient.login(xmpp(), "dahdi9", "publisher")) {
            String eid = "02:00:00:00:0b:02";
            publisher.publish("device_state", nonCachable(WATCHED, eid, "RINGING"));
            pair.all().forEach(server -> awaitMember(server, WATCHED, "(Ringing)", SHOWN_WITHIN));
            pair.all()
                    .forEach(server ->
                            assertThat(server.hint(WATCHED)).as(server.title()).contains("State:Idle"));
            assertThat(administrator().run("entry", "device", WATCHED).err())
                    .contains("dahdi9@example.net publishes it as non-cachable (last RINGING)");
            assertThat(administrator()
                            .values("why", "dahdi1", "device", WATCHED)
                            .getString("cause"))
                    .isEqualTo("non-cachable");

            administrator()
                    .does("edit-site", "dahdi", "--publish", "cachable device " + WATCHED, "--publish", "allow *");
            publisher.publish("device_state", nonCachable(WATCHED, eid, "INUSE"));
            pair.all().forEach(server -> awaitHint(server, "State:InUse"));
            pair.one.restart(); // from the snapshot
            pair.one.awaitConnected(Office.CONNECT);
            awaitHint(pair.one, "State:InUse");
        }
    }

    private static void awaitHint(Asterisk server, String state) {
        Await.until(server.title() + " shows " + state, SHOWN_WITHIN, () -> server.hint(WATCHED)
                .contains(state));
    }

    /** Devices that are cachable while in use only, as a PJSIP endpoint without a registered contact is. */
    @Test
    default void aNonCachableStateEndsTheStoredOneForServersThatJoin() {
        try (Pair pair = new Pair(this, "join");
                ServiceClient publisher = ServiceClient.login(xmpp(), "join9", "publisher")) {
            String eid = "02:00:00:00:0b:03";
            publisher.publish("device_state", device("Custom:agent4", eid, "INUSE"));
            pair.all().forEach(server -> awaitMember(server, "Custom:agent4", "(In use)", SHOWN_WITHIN));
            publisher.publish("device_state", nonCachable("Custom:agent4", eid, "NOT_INUSE"));
            publisher.publish("device_state", device("Custom:agent3", eid, "BUSY"));

            for (Asterisk server : pair.all()) {
                awaitMember(server, "Custom:agent3", "(Busy)", SHOWN_WITHIN);
                server.restart();
                server.awaitConnected(Office.CONNECT);
                awaitMember(server, "Custom:agent3", "(Busy)", SHOWN_WITHIN);
                assertThat(server.queueMember("Custom:agent4"))
                        .as(server.title())
                        .doesNotContain("In use)");
            }
        }
    }

    /** A site with two servers, one of each release, and an account for a plain client. */
    final class Pair implements AutoCloseable {

        final Asterisk one;
        final Asterisk other;
        private final AdministrationScenarios host;
        private final String site;

        Pair(AdministrationScenarios host, String site) {
            this.host = host;
            this.site = site;
            List.of("1", "2", "9").forEach(number -> host.xmpp().addAccount(site + number));
            host.administrator().does("add-site", site, "--server", site + "?@example.net");
            Testbed testbed = Testbed.find();
            one = start(testbed, Release.V22, 1);
            other = start(testbed, Release.V16, 2);
            all().forEach(server -> server.awaitConnected(Office.CONNECT));
        }

        private Asterisk start(Testbed testbed, Release release, int number) {
            // Numbers make EIDs, which belong to one account each.
            return Asterisk.startConsuming(
                    testbed,
                    testbed.orOther(release),
                    host.folder(),
                    site + number,
                    eid(number),
                    host.xmpp(),
                    List.of(WATCHED));
        }

        private int eid(int number) {
            return 100 + Math.floorMod(site.hashCode(), 70) * 2 + number;
        }

        List<Asterisk> all() {
            return List.of(one, other);
        }

        @Override
        public void close() {
            all().forEach(Asterisk::close);
            host.administrator().does("remove-site", site, "--yes");
        }
    }
}
