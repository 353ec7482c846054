// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.devstate.core.validation.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No item that has crashed or misled an Asterisk is accepted; see "What kills or hurts it" in asterisk-wire.md. */
final class ItemValidatorRejectionTest {

    private static final String STATE =
            "<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>INUSE</state>";
    private static final String MAILBOX =
            "<mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'><NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox>";

    static Stream<Arguments> malformedPublishes() {
        return Stream.of(
                argumentSet("no item", "", Reason.ITEM_COUNT),
                argumentSet("text in place of an item", "INUSE", Reason.ITEM_COUNT),
                argumentSet("two items", item(STATE) + item(STATE), Reason.ITEM_COUNT),
                argumentSet("an item and a stranger", item(STATE) + "<x/>", Reason.ITEM_COUNT),
                argumentSet("a retract", "<retract id='PJSIP/100'/>", Reason.ITEM_COUNT),
                argumentSet(
                        "an item of another namespace",
                        "<item xmlns='x' id='d'>" + STATE + "</item>",
                        Reason.ITEM_COUNT),
                argumentSet("a payload without item", STATE, Reason.ITEM_COUNT),
                argumentSet("no id", "<item>" + STATE + "</item>", Reason.ITEM_ID),
                argumentSet("an empty id", "<item id=''>" + STATE + "</item>", Reason.ITEM_ID),
                argumentSet(
                        "an id of another namespace",
                        "<item xmlns:x='x' x:id='d'>" + STATE + "</item>",
                        Reason.ITEM_ID),
                argumentSet("no payload", "<item id='d'/>", Reason.PAYLOAD),
                argumentSet("text in place of a payload", item("INUSE"), Reason.PAYLOAD),
                argumentSet("white space in place of a payload", item("  "), Reason.PAYLOAD),
                argumentSet("two payloads", item(STATE + STATE), Reason.PAYLOAD),
                argumentSet("a payload and a stranger behind it", item(STATE + "<x xmlns='x'/>"), Reason.PAYLOAD),
                argumentSet("a payload and a stranger before it", item("<x xmlns='x'/>" + STATE), Reason.PAYLOAD),
                argumentSet("a payload and text", item(STATE + "x"), Reason.PAYLOAD),
                argumentSet(
                        "an unknown payload",
                        item("<foo xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'/>"),
                        Reason.PAYLOAD),
                argumentSet(
                        "a payload of no namespace",
                        item("<state xmlns='' eid='00:11:22:33:44:5a'>INUSE</state>"),
                        Reason.PAYLOAD),
                argumentSet(
                        "a payload of PubSub's namespace",
                        item("<state eid='00:11:22:33:44:5a'>INUSE</state>"),
                        Reason.PAYLOAD),
                argumentSet(
                        "a payload of almost the namespace",
                        item("<state xmlns='http://asterisk.org/' eid='00:11:22:33:44:5a'>INUSE</state>"),
                        Reason.PAYLOAD),
                argumentSet(
                        "a payload in upper case",
                        item("<STATE xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>INUSE</STATE>"),
                        Reason.PAYLOAD),
                argumentSet("the other node's payload", item(MAILBOX), Reason.PAYLOAD),
                argumentSet("no eid", state("cachable='1'", "INUSE"), Reason.EID),
                argumentSet("an empty eid", state("eid=''", "INUSE"), Reason.EID),
                argumentSet("an eid that is not hex", state("eid='zz:11:22:33:44:5a'", "INUSE"), Reason.EID),
                argumentSet("an eid of zeros", state("eid='00:00:00:00:00:00'", "INUSE"), Reason.EID),
                argumentSet("a broadcast eid", state("eid='ff:ff:ff:ff:ff:ff'", "INUSE"), Reason.EID),
                argumentSet("a group eid", state("eid='01:11:22:33:44:5a'", "INUSE"), Reason.EID),
                argumentSet("an eid cut short", state("eid='00:11:22:33:44'", "INUSE"), Reason.EID),
                argumentSet(
                        "an eid of another namespace",
                        state("xmlns:x='x' x:eid='00:11:22:33:44:5a'", "INUSE"),
                        Reason.EID),
                argumentSet("an empty state", state("eid='00:11:22:33:44:5a'", ""), Reason.STATE),
                argumentSet("a blank state", state("eid='00:11:22:33:44:5a'", " \n "), Reason.STATE),
                argumentSet("an unknown state", state("eid='00:11:22:33:44:5a'", "SLEEPING"), Reason.STATE),
                argumentSet("a state in lower case", state("eid='00:11:22:33:44:5a'", "inuse"), Reason.STATE),
                argumentSet("a state and an element", state("eid='00:11:22:33:44:5a'", "INUSE<x/>"), Reason.STATE),
                argumentSet(
                        "an element in place of a state",
                        state("eid='00:11:22:33:44:5a'", "<x>INUSE</x>"),
                        Reason.STATE),
                argumentSet(
                        "a very long state", state("eid='00:11:22:33:44:5a'", "INUSE".repeat(13_000)), Reason.STATE),
                argumentSet("cachable 2", state("eid='00:11:22:33:44:5a' cachable='2'", "INUSE"), Reason.CACHABLE),
                argumentSet("cachable empty", state("eid='00:11:22:33:44:5a' cachable=''", "INUSE"), Reason.CACHABLE),
                argumentSet(
                        "cachable in words",
                        state("eid='00:11:22:33:44:5a' cachable='true'", "INUSE"),
                        Reason.CACHABLE),
                argumentSet(
                        "cachable with a space",
                        state("eid='00:11:22:33:44:5a' cachable='1 '", "INUSE"),
                        Reason.CACHABLE));
    }

    @ParameterizedTest
    @MethodSource("malformedPublishes")
    void aMalformedDeviceStateIsRejected(String items, Reason reason) {
        assertRejected(NodeType.DEVICE_STATE, publish(items), reason);
    }

    static Stream<Arguments> malformedMailboxes() {
        String noNew = "<OLDMSGS>0</OLDMSGS>";
        String noOld = "<NEWMSGS>1</NEWMSGS>";
        return Stream.of(
                argumentSet("nothing", ""),
                argumentSet("text", "1"),
                argumentSet("no NEWMSGS", noNew),
                argumentSet("no OLDMSGS", noOld),
                argumentSet("both empty", "<NEWMSGS/><OLDMSGS/>"),
                argumentSet("NEWMSGS empty", "<NEWMSGS/>" + noNew),
                argumentSet("OLDMSGS empty", noOld + "<OLDMSGS></OLDMSGS>"),
                argumentSet("NEWMSGS blank", "<NEWMSGS> </NEWMSGS>" + noNew),
                argumentSet("NEWMSGS twice", noOld + noOld + noNew),
                argumentSet("OLDMSGS twice", noOld + noNew + noNew),
                argumentSet("NEWMSGS twice, wrong first", "<NEWMSGS>x</NEWMSGS>" + noOld + noNew),
                argumentSet("OLDMSGS twice, wrong first", noOld + "<OLDMSGS/>" + noNew),
                argumentSet("a stranger", noOld + noNew + "<URGENTMSGS>0</URGENTMSGS>"),
                argumentSet("in lower case", "<newmsgs>1</newmsgs><oldmsgs>0</oldmsgs>"),
                argumentSet("of no namespace", "<NEWMSGS xmlns=''>1</NEWMSGS>" + noNew),
                argumentSet("nested", "<NEWMSGS><x>1</x></NEWMSGS>" + noNew),
                argumentSet("a number and an element", "<NEWMSGS>1<x/></NEWMSGS>" + noNew));
    }

    @ParameterizedTest
    @MethodSource("malformedMailboxes")
    void aMailboxNeedsBothCountsOnce(String counts) {
        assertRejected(NodeType.MESSAGE_WAITING, publish(mailbox(counts)), Reason.COUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000",
                "9999999999999999999",
                "0000001",
                "-1",
                "-0",
                "+1",
                "1 2",
                "1.0",
                "1e3",
                "0x1",
                "x",
                "١",
                "１",
                "1\u00a0",
            })
    void aCountIsANumberWithinRangeInAsciiDigits(String count) {
        String good = "1</NEWMSGS><OLDMSGS>1";
        assertRejected(
                NodeType.MESSAGE_WAITING,
                publish(mailbox("<NEWMSGS>" + count + "</NEWMSGS><OLDMSGS>1</OLDMSGS>")),
                Reason.COUNT);
        assertRejected(
                NodeType.MESSAGE_WAITING,
                publish(mailbox("<NEWMSGS>1</NEWMSGS><OLDMSGS>" + count + "</OLDMSGS>")),
                Reason.COUNT);
        assertThat(ItemValidator.validate(
                        NodeType.MESSAGE_WAITING, publish(mailbox("<NEWMSGS>" + good + "</OLDMSGS>"))))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<item> | the item's id is missing",
                "<item id='a&amp;b'> | a&b: a & cannot reach other servers; rename the device"
            })
    void theFaultOfAnIdIsInTheError(String item, String detail) {
        assertThat(ItemValidator.validate(NodeType.DEVICE_STATE, publish(item + STATE + "</item>")))
                .isEqualTo(new Verdict.Rejected(Reason.ITEM_ID, detail));
    }

    @Test
    void aMailboxWithoutNameIsRejectedWithThePartThatIsMissing() {
        String nameless = "<item id='@'>" + MAILBOX + "</item>";
        assertThat(ItemValidator.validate(NodeType.MESSAGE_WAITING, publish(nameless)))
                .isEqualTo(new Verdict.Rejected(Reason.ITEM_ID, "@: has no mailbox name before its @"));
    }

    @Test
    void aMailboxNeedsItsOwnNodeAndAnEid() {
        assertRejected(NodeType.MESSAGE_WAITING, publish(item(STATE)), Reason.PAYLOAD);
        assertRejected(NodeType.MESSAGE_WAITING, publish("<item>" + MAILBOX + "</item>"), Reason.ITEM_ID);
        assertRejected(NodeType.MESSAGE_WAITING, publish(item(MAILBOX) + item(MAILBOX)), Reason.ITEM_COUNT);
        assertRejected(
                NodeType.MESSAGE_WAITING, publish(item(MAILBOX.replace("eid='00:11:22:33:44:5a'", ""))), Reason.EID);
        assertRejected(NodeType.MESSAGE_WAITING, publish(item(MAILBOX.replace("00:", "zz:"))), Reason.EID);
    }

    @Test
    void aPrefixThatTheHostDoesNotResolveMakesItAnotherElement() {
        String pubsub = "http://jabber.org/protocol/pubsub";
        XmlElement state = XmlElement.element("p".repeat(250) + ":state", "http://asterisk.org")
                .attribute("eid", "00:11:22:33:44:5a")
                .text("INUSE")
                .build();
        XmlElement item = XmlElement.element("item", pubsub)
                .attribute("id", "PJSIP/100")
                .child(state)
                .build();
        assertRejected(
                NodeType.DEVICE_STATE,
                XmlElement.element("publish", pubsub).child(item).build(),
                Reason.PAYLOAD);
    }

    private static void assertRejected(NodeType node, ElementView publish, Reason reason) {
        assertThat(ItemValidator.validate(node, publish))
                .asInstanceOf(type(Verdict.Rejected.class))
                .extracting(Verdict.Rejected::reason)
                .isEqualTo(reason);
    }

    private static ElementView publish(String items) {
        return Xml.view("<publish xmlns='http://jabber.org/protocol/pubsub' node='n'>" + items + "</publish>");
    }

    private static String item(String payload) {
        return "<item id='PJSIP/100'>" + payload + "</item>";
    }

    private static String state(String attributes, String content) {
        return item("<state xmlns='http://asterisk.org' " + attributes + ">" + content + "</state>");
    }

    private static String mailbox(String content) {
        return item("<mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>" + content + "</mailbox>");
    }
}
