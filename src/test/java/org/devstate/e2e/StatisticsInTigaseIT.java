// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The service's figures among Tigase's own statistics, as an administrator reads them by Tigase's command. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class StatisticsInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("StatisticsInTigaseIT");
    private static final String EID = "00:11:22:33:44:71";
    private static final String ALL = "pubsub/device-states/";
    private static final String SERVICE = ALL + "pubsub." + XmppServer.DOMAIN + "/";
    private static final String SITE = SERVICE + "site/default/";

    @Test
    void tigasesOwnCommandReadsTheStatisticsAndMoreAtFinerLevels() {
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER)) {
            tigase.addAccount("admin");
            tigase.addAccount("pbx9");
            try (XmppClient admin = XmppClient.login(tigase, "admin", "client");
                    ServiceClient server = ServiceClient.login(tigase, "pbx9", "asterisk")) {
                server.subscribe("device_state");
                server.publish("device_state", device("PJSIP/1", EID, "INUSE"));
                server.publish("device_state", device("PJSIP/2", EID, "INUSE"));
                server.publish("device_state", device("PJSIP/2", EID, "INUSE"));
                server.publish("device_state", device("PJSIP/3", EID, "WHATEVER"));
                // The only packet that reaches PubSub through Tigase's queues, which are all that it counts.
                admin.request("get", tigase.service(), "<query xmlns='http://jabber.org/protocol/disco#info'/>");

                assertThat(statistics(admin, "INFO"))
                        .containsEntry(ALL + "entries", "2")
                        .containsEntry(ALL + "subscribers", "1")
                        .containsEntry(ALL + "changes", "2")
                        .containsEntry(ALL + "rejected", "1")
                        .containsEntry(SITE + "online", "1")
                        .containsEntry(SITE + "entries", "2")
                        .containsKey(SITE + "publishes-per-s")
                        .doesNotContainKey(SERVICE + "duplicates");
                assertThat(statistics(admin, "FINE"))
                        .as("Tigase's own beside it")
                        .containsKey("pubsub/Packets received")
                        .containsEntry(ALL + "entries", "2")
                        .containsEntry(SERVICE + "duplicates", "1")
                        .containsEntry(SERVICE + "entries", "2")
                        .doesNotContainKey(SERVICE + "rejected-state");
                assertThat(statistics(admin, "FINER")).containsEntry(SERVICE + "rejected-state", "1");
                assertThat(statistics(admin, "FINEST"))
                        .as("zeros too")
                        .containsEntry(SITE + "lag-ms", "0")
                        .containsEntry(SERVICE + "rejected-eid", "0");
            }
        }
    }

    private static Map<String, String> statistics(XmppClient admin, String level) {
        XmlElement answer = admin.request(
                "set",
                "stats@" + XmppServer.DOMAIN,
                ("<command xmlns='http://jabber.org/protocol/commands' node='stats/pubsub'><x xmlns='jabber:x:data'"
                                + " type='submit'><field var='Stats level'><value>%s</value></field></x></command>")
                        .formatted(level));
        Map<String, String> statistics = new TreeMap<>();
        for (XmlElement field : answer.children().get(0).children().get(0).children()) {
            statistics.put(
                    String.valueOf(field.attribute("var")),
                    field.children().get(0).text());
        }
        return statistics;
    }
}
