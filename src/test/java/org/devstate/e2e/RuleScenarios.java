package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.awaitMember;
import static org.devstate.e2e.ServiceClient.device;

import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Test;

/** What rules of a site do to real Asterisks of both releases, which show them in their queues. Each test has a site of its own. */
interface RuleScenarios extends AdministrationScenarios {

    Duration SHOWN_WITHIN = Duration.ofSeconds(5);

    /** A device with an asterisk in its name can be named alone. */
    @Test
    default void anEscapedAsteriskInARuleNamesOneDevice() {
        try (Pair pair = new Pair(this, "star")) {
            administrator().does("edit-site", "star", "--publish", "deny device Custom:\\*42", "--publish", "allow *");

            pair.one.setDeviceState("Custom:*42", "INUSE");
            pair.one.setDeviceState("Custom:142", "INUSE");

            Await.until("the other device arrives", SHOWN_WITHIN, () -> pair.other
                    .log()
                    .heard("Custom:142", "INUSE"));
            assertThat(pair.one.log().published())
                    .anyMatch(state -> state.device().equals("Custom:*42"));
            assertThat(pair.other.log().heard("Custom:*42")).isEmpty();
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
            assertThat(pair.other.log().heard("Custom:agent1"))
                    .extracting(state -> state.state())
                    .containsSubsequence("INUSE", "RINGING", "UNAVAILABLE", "ONHOLD");
            outside.request("set", SharingScenarios.FORGET);
        }
    }

    /** Devices that are cachable while in use only, as a PJSIP endpoint without a registered contact is. */
    @Test
    default void aNonCachableStateEndsWhatWasStoredForServersThatJoin() {
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

    private static String nonCachable(String id, String eid, String state) {
        return device(id, eid, state).replace("<state ", "<state cachable='0' ");
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
            return Asterisk.start(
                    testbed, testbed.orOther(release), host.folder(), site + number, eid(number), host.xmpp());
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
