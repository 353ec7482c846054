// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.awaitMember;
import static org.devstate.e2e.ServiceClient.condition;
import static org.devstate.e2e.ServiceClient.device;

import java.time.Duration;
import java.util.List;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/** Rejected accounts and requests, without an effect on others. */
interface RejectionScenarios extends Scenarios {

    @Test
    default void malformedRequestsAreRejectedAndHarmNoServer() throws InterruptedException {
        try (ServiceClient publisher = office().login("pbx9", "publisher");
                ServiceClient witness = office().login("pbx4", "witness")) {
            witness.subscribe("device_state");
            witness.subscribe("message_waiting");
            while (witness.nextMessage(Duration.ofMillis(300)) != null) {
                // its former state
            }

            for (Malformed malformed : Malformed.all()) {
                XmlElement reply = publisher.publish(malformed.node(), malformed.content());

                assertThat(reply.attribute("type")).as(malformed.what()).isEqualTo("error");
                assertThat(condition(reply)).as(malformed.what()).isEqualTo("bad-request");
                assertRejectedOnALeaf(publisher, malformed);
                office().assertEveryServerRuns();
            }

            // A later state arrives, and it is the first one that does.
            String good = device("Custom:good", "00:11:22:33:44:99", "INUSE");
            assertThat(publisher.publish("device_state", good).attribute("type"))
                    .isEqualTo("result");
            XmlElement first = witness.nextMessage(Duration.ofSeconds(2));
            assertThat(String.valueOf(first)).contains("Custom:good", "INUSE").doesNotContain("Custom:m");
            office().server(1).setDeviceState("Custom:agent1", "INUSE");
            office().awaitMemberOnOthers(1, "Custom:agent1", "(In use)", AT_ONCE);
        }
    }

    /** As on the node; but if the request does not show that the leaf is ours, the owner of the other nodes rejects it. */
    private static void assertRejectedOnALeaf(ServiceClient publisher, Malformed malformed) {
        if (malformed.belongsElsewhere()) {
            return; // which on a leaf is just the right one
        }
        String rejected = condition(publisher.publish("Custom:m", malformed.content()));
        assertThat(rejected).as(malformed.what()).isIn("bad-request", "item-not-found");
        if (malformed.showsItsLeaf()) {
            assertThat(rejected).as(malformed.what()).isEqualTo("bad-request");
        }
    }

    /** Asterisk 22 ends with status 139 when it receives it, and again at each start while it is in the snapshot. */
    @Test
    default void theMailboxThatIsOnlyAnAtSignIsRejectedAndHarmsNoServer() {
        String item = "<item id='@'><mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:99'>"
                + "<NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item>";
        try (ServiceClient publisher = office().login("pbx9", "at")) {
            for (String node : List.of("message_waiting", "@")) {
                XmlElement reply = publisher.publish(node, item);

                assertThat(condition(reply)).as(node).isEqualTo("bad-request");
                assertThat(reply.toString()).as(node).containsPattern("code=['\"]400['\"]");
            }
            office().server(1).restart(Office.CONNECT);
            String good = device("Custom:at", "00:11:22:33:44:99", "INUSE");
            assertThat(publisher.publish("device_state", good).attribute("type"))
                    .isEqualTo("result");
            for (Asterisk server : office().servers()) {
                Await.until(server.title() + " receives the next item", Office.CONNECT, () -> server.log()
                        .receivedIds()
                        .contains("Custom:at"));
                assertThat(server.log().receivedIds()).doesNotContain("@");
            }
            office().assertEveryServerRuns();
        }
    }

    /** Tigase's own PubSub would do the one that it knows, wherever it stands. */
    @Test
    default void aStanzaWithSeveralRequestsIsRejectedAsAWhole() {
        try (ServiceClient client = office().login("pbx9", "several")) {
            String publish = "<publish node='device_state'>" + device("Custom:several", "00:11:22:33:44:99", "INUSE")
                    + "</publish>";
            String subscribe = "<subscribe node='device_state' jid='" + client.account() + "'/>";
            for (String content : List.of(
                    publish + subscribe,
                    subscribe + publish,
                    "<options jid='" + client.account() + "'/>" + publish,
                    "<publish node='weather'><item id='1'/></publish>" + publish)) {
                XmlElement reply = client.pubsub("set", content);

                assertThat(condition(reply)).as(content).isEqualTo("bad-request");
                assertThat(content).contains("node='%s'".formatted(echoed(reply).attribute("node")));
            }
            assertThat(client.pubsub("get", "<items node='device_state'/>").toString())
                    .doesNotContain("Custom:several");
        }
    }

    @Test
    default void anErrorEchoesTheRequestedTarget() {
        try (ServiceClient client = office().login("pbx9", "echo")) {
            for (String action : List.of("options", "subscriptions", "retract", "default", "affiliations")) {
                for (String type : List.of("get", "set")) {
                    XmlElement reply = client.pubsub(type, "<" + action + " node='message_waiting'/>");

                    assertThat(reply.attribute("type")).as(action).isEqualTo("error");
                    assertThat(echoed(reply).name()).isEqualTo(action);
                    assertThat(echoed(reply).attribute("node")).isEqualTo("message_waiting");
                }
            }
        }
    }

    private static XmlElement echoed(XmlElement reply) {
        return reply.children().get(0).children().get(0);
    }

    @Test
    default void aTooLongRequestIsRejectedAndTheNextIsAccepted() {
        try (ServiceClient client = office().login("pbx9", "long")) {
            String eid = "00:11:22:33:44:99";
            String tooLong = device("Custom:long", eid, "INUSE ".repeat(Limits.DEFAULT.stanzaCharacters()));
            assertThat(condition(client.publish("device_state", tooLong))).isEqualTo("not-acceptable");
            assertThat(client.publish("device_state", device("Custom:long", eid, "INUSE"))
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    default void onlyAnAdmittedAccountCanReadEntries() {
        office().server(1).setDeviceState("Custom:agent1", "RINGING");
        awaitMember(office().server(2), "Custom:agent1", "(Ringing)", AT_ONCE);
        String items = "<items node='device_state'><item id='Custom:agent1'/></items>";
        String disco = "<query xmlns='http://jabber.org/protocol/disco#items' node='device_state'/>";
        try (ServiceClient reader = office().login("pbx9", "reader");
                ServiceClient mallory = office().login("mallory", "reader")) {
            assertThat(reader.pubsub("get", items).toString()).contains("RINGING");
            assertThat(reader.request("get", disco).toString()).contains("Custom:agent1");
            assertThat(condition(mallory.pubsub("get", items))).isEqualTo("forbidden");
            assertThat(condition(mallory.request("get", disco))).isEqualTo("forbidden");
        }
    }

    @Test
    default void anAccountThatIsNotAdmittedIsRejectedAndLearnsNothing() throws InterruptedException {
        try (ServiceClient mallory = office().login("mallory", "m")) {
            String item = device("Custom:agent1", "00:11:22:33:44:01", "BUSY");

            assertThat(condition(mallory.publish("device_state", item))).isEqualTo("forbidden");
            assertThat(condition(mallory.requestSubscription("device_state"))).isEqualTo("forbidden");
            office().server(1).setDeviceState("Custom:agent1", "RINGING");
            awaitMember(office().server(2), "Custom:agent1", "(Ringing)", AT_ONCE);
            assertThat(mallory.nextMessage(Duration.ofMillis(200))).isNull();
        }
    }
}
