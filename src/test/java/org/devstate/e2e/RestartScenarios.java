// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.Office.GRACE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.AsteriskLog.LoggedState;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/** The XMPP server goes and comes again, with all that are connected to it. */
interface RestartScenarios extends Scenarios {

    /** How often a server may receive a state, for each login: by the snapshot, and by the others' own publishes after it. */
    int TIMES = 2;

    /** A key of the service, or of a server's last notification. */
    record Key(String device, String eid) {}

    @Test
    default void afterARestartOfTheXmppServerAllServersAreRightAgainWithoutAStorm() throws InterruptedException {
        List<Asterisk> servers = office().servers();
        List<AsteriskLog> logs =
                servers.stream().map(server -> server.log().fromNow()).toList();

        office().xmpp().restart(() -> {
            office().server(1).setDeviceState("Custom:agent1", "ONHOLD");
            office().server(2).setDeviceState("Custom:agent2", "RINGING");
            office().server(3).setDeviceState("Custom:agent3", "BUSY");
        });

        for (int i = 0; i < servers.size(); i++) {
            AsteriskLog log = logs.get(i);
            Await.until(servers.get(i).title() + " is back", CONNECT, () -> log.logins() > 0);
        }
        for (String[] shown : new String[][] {{"1", "(On Hold)"}, {"2", "(Ringing)"}, {"3", "(Busy)"}}) {
            int number = Integer.parseInt(shown[0]);
            office().awaitMemberOnOthers(number, "Custom:agent" + number, shown[1], CONNECT);
        }
        try (ServiceClient reader = office().login("pbx9", "after-restart")) {
            awaitSilence(reader);
            Map<Key, String> known = known(reader);
            for (int i = 0; i < servers.size(); i++) {
                assertToldOnce(servers.get(i).title(), "00:11:22:33:44:0" + (i + 1), known, logs.get(i));
            }
        }
    }

    /** Until nothing changes any more, for longer than a session that had ended would get. */
    private static void awaitSilence(ServiceClient reader) throws InterruptedException {
        reader.subscribe("device_state");
        int messages = 0;
        while (reader.nextMessage(GRACE.plusSeconds(1)) != null) {
            assertThat(++messages).isLessThan(10_000);
        }
    }

    private static Map<Key, String> known(ServiceClient reader) {
        XmlElement reply = reader.pubsub("get", "<items node='device_state'/>");
        return reply.children().get(0).children().get(0).children().stream()
                .collect(Collectors.toMap(
                        item -> new Key(
                                String.valueOf(item.attribute("id")),
                                String.valueOf(item.children().get(0).attribute("eid"))),
                        item -> item.children().get(0).text()));
    }

    private static void assertToldOnce(String server, String eid, Map<Key, String> known, AsteriskLog log) {
        List<LoggedState> heard = log.received();
        Map<Key, String> last = new HashMap<>();
        heard.forEach(state -> last.put(new Key(state.device(), state.eid()), state.state()));
        Map<Key, String> others = new HashMap<>(known);
        others.keySet().removeIf(key -> key.eid().equals(eid));

        assertThat(others).as("publishes of others").hasSizeGreaterThan(10);
        assertThat(last).as(server).isEqualTo(others);
        assertThat(heard).as(server).hasSizeLessThanOrEqualTo((int) (TIMES * log.logins() * others.size()));
        // Each further login receives all anew. A first one receives nothing, but for a change between the login and
        // the subscription, where the service cannot know that the session before is over (beside another server).
        assertThat(repeated(heard))
                .as(server)
                .isLessThanOrEqualTo((log.logins() - 1) * others.size() + others.size() / 4);
    }

    /** How many of them repeated the one before for that device. */
    private static long repeated(List<LoggedState> heard) {
        Map<Key, String> last = new HashMap<>();
        return heard.stream()
                .filter(state -> state.state().equals(last.put(new Key(state.device(), state.eid()), state.state())))
                .count();
    }
}
