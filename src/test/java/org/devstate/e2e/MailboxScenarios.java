// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;

import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;

/**
 * One mailbox that two servers publish, at real Asterisks: an Asterisk shows the value that it received last, from any publisher, so
 * that must be the newest one.
 */
interface MailboxScenarios extends Scenarios {

    String LIT = "State:InUse";
    String DARK = "State:Idle";
    String MAILBOX = "500@default";
    String OLDER = "00:11:22:33:44:b1";
    String NEWER = "00:11:22:33:44:b2";

    @Test
    default void aNewSubscriberShowsTheNewestValueOfAMailbox() {
        withTwoPublishers((older, newer) -> {
            older.publish(3, 0);
            newer.publish(0, 0);
            office().awaitMailbox(DARK);
            joinsWith(DARK);

            newer.publish(3, 0);
            older.publish(0, 0);
            office().awaitMailbox(DARK);
            newer.publish(4, 0);
            office().awaitMailbox(LIT);
            joinsWith(LIT);
        });
    }

    @Test
    default void theNewestOfManyValuesWithoutAPauseIsShown() {
        withTwoPublishers((one, other) -> {
            for (int round = 0; round < 5; round++) {
                one.publish(1, 0);
                one.publish(0, 1);
                other.publish(3, 0);
                office().awaitMailbox(LIT);
                one.publish(1, 0);
                other.publish(3, 0);
                one.publish(0, 1);
                office().awaitMailbox(DARK);
            }
        });
    }

    @Test
    default void entriesOfOtherServersStayAfterAPurge() {
        withTwoPublishers((older, newer) -> {
            older.publish(0, 1);
            newer.publish(3, 0);
            office().awaitMailbox(LIT);
            older.purge();
            joinsWith(LIT);
            assertThat(office().server(2).mailboxHint()).contains(LIT);

            older.publish(0, 2);
            office().awaitMailbox(DARK);
            older.purge();
            office().awaitMailbox(LIT);
        });
    }

    @Test
    default void theNewestValueOutlivesARestart() {
        try (ServiceClient older = office().login("pbx8", "mailboxes");
                ServiceClient newer = office().login("pbx9", "mailboxes")) {
            new Publisher(older, OLDER).publish(3, 0);
            new Publisher(newer, NEWER).publish(0, 2);
            office().awaitMailbox(DARK);
        }
        office().xmpp().restartService();
        joinsWith(office().server(1), DARK);
        joinsWith(office().server(2), DARK);
        office().server(3).restart();
        office().server(3).awaitConnected(CONNECT);
        withTwoPublishers((older, newer) -> {});
    }

    /** One of two servers that publish the mailbox. */
    record Publisher(ServiceClient client, String eid) {

        void publish(int newMessages, int oldMessages) {
            String counts = "<NEWMSGS>%d</NEWMSGS><OLDMSGS>%d</OLDMSGS>".formatted(newMessages, oldMessages);
            XmlElement reply = client.publish(
                    "message_waiting",
                    "<item id='%s'><mailbox xmlns='http://asterisk.org' eid='%s'>%s</mailbox></item>"
                            .formatted(MAILBOX, eid, counts));
            assertThat(reply.attribute("type")).isEqualTo("result");
        }

        void purge() {
            XmlElement reply = client.request(
                    "set",
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><purge node='message_waiting'/></pubsub>");
            assertThat(reply.attribute("type")).isEqualTo("result");
        }
    }

    /** The actions of two servers. */
    interface Course {

        void run(Publisher one, Publisher other);
    }

    private void withTwoPublishers(Course course) {
        try (ServiceClient one = office().login("pbx8", "mailboxes");
                ServiceClient other = office().login("pbx9", "mailboxes")) {
            Publisher first = new Publisher(one, OLDER);
            Publisher second = new Publisher(other, NEWER);
            course.run(first, second);
            first.purge();
            second.purge();
            office().awaitMailbox(DARK);
        }
    }

    private void joinsWith(String state) {
        joinsWith(office().server(1), state);
    }

    private static void joinsWith(Asterisk joining, String state) {
        AsteriskLog log = joining.log().fromNow();
        joining.restart();
        joining.awaitConnected(CONNECT);
        Await.until(joining.title() + " receives the mailbox", CONNECT, () -> log.receivedIds()
                .contains(MAILBOX));
        Await.until(joining.title() + " shows " + state, CONNECT, () -> joining.mailboxHint()
                .contains(state));
    }
}
