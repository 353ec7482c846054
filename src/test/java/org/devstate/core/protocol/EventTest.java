package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventTest {

    private static final Jid SERVICE = Jid.of("pubsub.example.net");
    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5A"));

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void aDeviceStateGoesOutInItsOneForm(boolean cachable, String attribute) {
        Event event =
                new Event(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), DeviceState.NOT_INUSE, ALICE, cachable);
        assertThat(event.to(BOB, SERVICE))
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
    void aMailboxGoesOutInItsOneForm() {
        Event event = new Event(
                new ItemKey(NodeType.MESSAGE_WAITING, "100@default", EID), new MailboxCounts(2, 999_999), ALICE, true);
        assertThat(event.to(BOB, SERVICE))
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
    void receiversShareThePayload() {
        Event event = new Event(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), DeviceState.BUSY, ALICE, true);
        XmlElement toBob = event.to(BOB, SERVICE);
        XmlElement toCarol = event.to(Jid.of("carol@example.net/asterisk"), SERVICE);
        assertThat(toCarol.attribute("to")).isEqualTo("carol@example.net/asterisk");
        assertThat(toCarol.children().get(0)).isSameAs(toBob.children().get(0));
    }

    @Test
    void whatSaysThatNothingIsThereIsAFarewellWhereItIsKept() {
        assertThat(device(DeviceState.UNAVAILABLE, true).isFarewell()).isTrue();
        assertThat(device(DeviceState.UNAVAILABLE, false).isFarewell()).isFalse();
        assertThat(device(DeviceState.NOT_INUSE, true).isFarewell()).isFalse();
        ItemKey mailbox = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", EID);
        assertThat(new Event(mailbox, new MailboxCounts(0, 0), ALICE, true).isFarewell())
                .isTrue();
        assertThat(new Event(mailbox, new MailboxCounts(0, 1), ALICE, true).isFarewell())
                .isFalse();
    }

    @Test
    void aFarewellIsOneWhateverItSays() {
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID);
        assertThat(Event.farewell(key, DeviceState.UNKNOWN, ALICE).isFarewell()).isTrue();
    }

    private static Event device(DeviceState state, boolean cachable) {
        return new Event(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID), state, ALICE, cachable);
    }
}
