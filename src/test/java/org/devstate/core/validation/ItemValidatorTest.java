// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asterisk's items are accepted with their meaning. {@link ItemValidatorRejectionTest} has the rest. */
final class ItemValidatorTest {

    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5a"));

    @ParameterizedTest
    @EnumSource
    void everyStateOfAsterisksIsAccepted(DeviceState state) {
        assertThat(device("<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>" + state
                        + "</state>"))
                .isEqualTo(accepted(NodeType.DEVICE_STATE, "PJSIP/100", state, true));
    }

    @ParameterizedTest
    @CsvSource({"cachable='1', true", "cachable='0', false", "'', true"})
    void aStateIsCachableUnlessItsPublishMarksItNonCachable(String attribute, boolean cachable) {
        assertThat(device("<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' " + attribute + ">BUSY</state>"))
                .isEqualTo(accepted(NodeType.DEVICE_STATE, "PJSIP/100", DeviceState.BUSY, cachable));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 0", "0, 999999", "999999, 0", "7, 000012", "' 3 ', '\t4'"})
    void countsUpToTheHighestAreAccepted(String newMessages, String oldMessages) {
        Value counts = new MailboxCounts(Integer.parseInt(newMessages.strip()), Integer.parseInt(oldMessages.strip()));
        assertThat(mailbox("<NEWMSGS>" + newMessages + "</NEWMSGS><OLDMSGS>" + oldMessages + "</OLDMSGS>"))
                .isEqualTo(accepted(NodeType.MESSAGE_WAITING, "100@default", counts, true));
    }

    @Test
    void theOrderOfTheCountsDoesNotMatter() {
        assertThat(mailbox("<OLDMSGS>1</OLDMSGS><NEWMSGS>2</NEWMSGS>"))
                .isEqualTo(accepted(NodeType.MESSAGE_WAITING, "100@default", new MailboxCounts(2, 1), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5A' cachable='1'>INUSE</state>",
                "\n  <state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>\n INUSE\t</state>\n",
                "<a:state xmlns:a='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>INUSE</a:state>",
                "<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' foo='bar'><![CDATA[INUSE]]></state>",
                "<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'><!-- x -->IN&#85;SE</state>",
            })
    void otherSpellingsOfTheSameThingMeanTheSame(String payload) {
        assertThat(device(payload)).isEqualTo(accepted(NodeType.DEVICE_STATE, "PJSIP/100", DeviceState.INUSE, true));
    }

    @Test
    void aLongPrefixIsResolvedAndLeavesNoTrace() {
        String prefix = "p".repeat(250);
        assertThat(device("<%1$s:state xmlns:%1$s='http://asterisk.org' eid='00:11:22:33:44:5a'>INUSE</%1$s:state>"
                        .formatted(prefix)))
                .isEqualTo(accepted(NodeType.DEVICE_STATE, "PJSIP/100", DeviceState.INUSE, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PJSIP/100",
                "SIP/berlin-100",
                "Queue:sales",
                "Custom:lamp 1",
                "Local/100@from-internal",
                "confbridge:1000",
                "Queue:Südstraße",
                "100@default",
                "%2F;|{}[]()*?#",
            })
    void namesOfDevicesAreUnchanged(String id) {
        assertThat(ItemValidator.validate(
                        NodeType.DEVICE_STATE,
                        Xml.view(
                                """
                <publish xmlns='http://jabber.org/protocol/pubsub' node='device_state'><item id='%s'>
                  <state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>INUSE</state>
                </item></publish>"""
                                        .formatted(id))))
                .isEqualTo(accepted(NodeType.DEVICE_STATE, id, DeviceState.INUSE, true));
    }

    private static Verdict device(String payload) {
        return ItemValidator.validate(
                NodeType.DEVICE_STATE,
                Xml.view(
                        """
                <publish xmlns='http://jabber.org/protocol/pubsub' node='device_state'>
                  <item id='PJSIP/100'>%s</item>
                </publish>"""
                                .formatted(payload)));
    }

    private static Verdict mailbox(String counts) {
        return ItemValidator.validate(
                NodeType.MESSAGE_WAITING,
                Xml.view(
                        """
                <publish xmlns='http://jabber.org/protocol/pubsub' node='message_waiting'><item id='100@default'>
                  <mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'>%s</mailbox>
                </item></publish>"""
                                .formatted(counts)));
    }

    private static Verdict accepted(NodeType node, String id, Value value, boolean cachable) {
        return new Verdict.Accepted(new ItemKey(node, id, EID), value, cachable);
    }
}
