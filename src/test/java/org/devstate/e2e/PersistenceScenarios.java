// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;

import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/** The state that outlives a restart of the service. */
interface PersistenceScenarios extends Scenarios {

    @Test
    default void mailboxesAndEidBindingsOutliveARestart() {
        String eid = "00:11:22:33:44:70";
        try (ServiceClient owner = office().login("pbx9", "kept")) {
            owner.publish("message_waiting", mailbox("kept @default", eid, 3));
            owner.publish("message_waiting", mailbox("Kept @default", eid, 4));
            owner.publish("device_state", ServiceClient.device("Custom:kept", eid, "INUSE"));
        }

        office().xmpp().restartService();
        office().servers().forEach(PersistenceScenarios::loginAgain);

        try (ServiceClient reader = office().login("pbx8", "kept")) {
            XmlElement rejected = reader.publish("message_waiting", mailbox("kept @default", eid, 9));
            assertThat(ServiceClient.condition(rejected)).isEqualTo("forbidden");
            assertThat(reader.newMessages()).containsEntry("kept @default", "3").containsEntry("Kept @default", "4");
            assertThat(reader.pubsub("get", "<items node='device_state'/>").toString())
                    .as("device states are soft")
                    .doesNotContain("Custom:kept");
        }
    }

    /** Asterisk publishes a mailbox when it changes, and not again. */
    @Test
    default void aRealAsteriskReceivesAMailboxOfAServerLostBeforeTheRestart() {
        Asterisk withMailbox = office().server(3);
        Asterisk other = office().server(1);
        forgetTheMailboxOfTheFourth();
        withMailbox.putVoicemail();
        office().awaitMailbox("State:InUse");
        withMailbox.close();
        try {
            office().xmpp().restartService();
            loginAgain(other);

            Await.until(other.title() + " shows the mailbox", CONNECT, () -> other.mailboxHint()
                    .contains("State:InUse"));
        } finally {
            loginAgain(office().server(2));
            loginAgain(withMailbox);
            withMailbox.removeVoicemail();
            office().awaitMailbox("State:Idle");
        }
    }

    /** It has a mailbox of that name too, if another scenario has started it; a hint shows the last publish of either. */
    private void forgetTheMailboxOfTheFourth() {
        try (ServiceClient fourth = office().login("pbx4", "forgetting")) {
            XmlElement forgotten = fourth.request(
                    "set",
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><purge node='message_waiting'/></pubsub>");
            assertThat(forgotten.attribute("type")).isEqualTo("result");
        }
    }

    /** The component's restart is none of its XMPP server's, so that the servers stay logged in there, but not subscribed. */
    private static void loginAgain(Asterisk server) {
        server.restart();
        server.awaitConnected(CONNECT);
    }

    private static String mailbox(String id, String eid, int newMessages) {
        return "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'><NEWMSGS>%d</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox></item>"
                .formatted(id, eid, newMessages);
    }
}
