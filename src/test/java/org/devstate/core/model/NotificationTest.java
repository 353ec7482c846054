// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.devstate.core.protocol.NotificationWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotificationTest {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5A"));

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void aDeviceStateGoesOutInItsOneForm(boolean cachable, String attribute) {
        Notification event = new Notification(
                new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), DeviceState.NOT_INUSE, ALICE, cachable);
        assertThat(NotificationWriter.write(event, BOB, SERVICE))
                .isEqualTo(Xml.parse(
                        """
                <message xmlns='jabber:client' type='headline' from='pubsub.example.net' to='bob@example.net/asterisk'>
                  <event xmlns='http://jabber.org/protocol/pubsub#event'>
                    <items node='device_state'>
                      <item id='PJSIP/100'>
                        <state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='%s'>NOT_INUSE</state>
                      </item>
                    </items>
                  </event>
                </message>"""
                                .formatted(attribute)));
    }

    @Test
    void aMailboxIsSentInItsCanonicalForm() {
        Notification event = new Notification(
                new ItemKey(NodeType.MESSAGE_WAITING, "100@default", EID), new MailboxCounts(2, 999_999), ALICE, true);
        assertThat(NotificationWriter.write(event, BOB, SERVICE))
                .isEqualTo(
                        Xml.parse(
                                """
                <message xmlns='jabber:client' type='headline' from='pubsub.example.net' to='bob@example.net/asterisk'>
                  <event xmlns='http://jabber.org/protocol/pubsub#event'>
                    <items node='message_waiting'>
                      <item id='100@default'>
                        <mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>
                          <NEWMSGS>2</NEWMSGS><OLDMSGS>999999</OLDMSGS>
                        </mailbox>
                      </item>
                    </items>
                  </event>
                </message>"""));
    }

    @Test
    void subscribersShareThePayload() {
        Notification event =
                new Notification(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), DeviceState.BUSY, ALICE, true);
        XmlElement toBob = NotificationWriter.write(event, BOB, SERVICE);
        XmlElement toCarol = NotificationWriter.write(event, Jid.of("carol@example.net/asterisk"), SERVICE);
        assertThat(toCarol.attribute("to")).isEqualTo("carol@example.net/asterisk");
        assertThat(toCarol.children().get(0)).isSameAs(toBob.children().get(0));
    }

    @Test
    void aCachableUnavailableStateIsAnOfflineNotification() {
        assertThat(device(DeviceState.UNAVAILABLE, true).isOffline()).isTrue();
        assertThat(device(DeviceState.UNAVAILABLE, false).isOffline()).isFalse();
        assertThat(device(DeviceState.NOT_INUSE, true).isOffline()).isFalse();
        ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", EID);
        assertThat(new Notification(mailbox, new MailboxCounts(0, 0), ALICE, true).isOffline())
                .isTrue();
        assertThat(new Notification(mailbox, new MailboxCounts(0, 1), ALICE, true).isOffline())
                .isFalse();
    }

    @Test
    void anOfflineNotificationMayHaveAnyState() {
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID);
        assertThat(Notification.offline(key, DeviceState.UNKNOWN, ALICE).isOffline())
                .isTrue();
    }

    private static Notification device(DeviceState state, boolean cachable) {
        return new Notification(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), state, ALICE, cachable);
    }
}
