// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.devstate.core.replication.SampleItems.ALICE;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.entry;

import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.MessageParser.InvalidMessageException;
import org.devstate.core.replication.ReplicationMessage.Acknowledgement;
import org.devstate.core.replication.ReplicationMessage.Batch;
import org.devstate.core.replication.ReplicationMessage.Sent;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message of another, perhaps later or faulty, version of the plugin may be like. */
final class MessageParserTest {

    private static final String ENTRY =
            "<entry node='device_state' id='PJSIP/100' eid='11:22:33:44:55:5a' at='6' epoch='7' value='INUSE' publisher='alice@example.net/asterisk'/>";

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.1", "1.20"})
    void unknownElementsAndAttributesAreIgnored(String version) throws InvalidMessageException {
        ReplicationMessage message = parse(
                """
                <replication xmlns='urn:devstate:replication' version='%s' run='17' sent-at='18' joins='0' later='a'>
                  <later/>
                  <batch number='3' later='b'>
                    <later number='none'/>
                    %s
                    <table-sent later='c'><later/></table-sent>
                  </batch>
                  <ack run='19' number='4' later='d'><later/></ack>
                </replication>"""
                        .formatted(version, ENTRY.replace("<entry", "<entry later='e'")));
        assertThat(message)
                .isEqualTo(new ReplicationMessage(
                        new Sent(17, 18, 0),
                        new Batch(
                                3,
                                List.of(
                                        new ReplicatedItem.StoredEntry(entry(PHONE, DeviceState.INUSE, ALICE, 7, 6)),
                                        new ReplicatedItem.TableSent())),
                        new Acknowledgement(19, 4),
                        null,
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<replication xmlns='urn:devstate:other' version='1' run='1' sent-at='1' joins='0'/>",
                "<message xmlns='urn:devstate:replication' version='1' run='1' sent-at='1' joins='0'/>"
            })
    void anotherElementIsInvalid(String message) {
        assertFault(message, "it is no <replication/>");
    }

    @Test
    void anotherVersionIsInvalid() {
        assertFault(
                "<replication xmlns='urn:devstate:replication' version='2' run='1' sent-at='1' joins='0'/>",
                "its version is 2, and 1 was expected");
        assertFault(
                "<replication xmlns='urn:devstate:replication' version='10' run='1' sent-at='1' joins='0'/>",
                "its version is 10, and 1 was expected");
        assertFault(
                "<replication xmlns='urn:devstate:replication' run='1' sent-at='1' joins='0'/>",
                "its version is null, and 1 was expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sent-at"})
    void aMessageWithoutItsSenderOrTimeIsInvalid(String attribute) {
        String message = "<replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='18' joins='0'/>";
        assertFault(message.replaceAll(attribute + "='..'", ""), "<replication/> has no " + attribute);
        assertFault(message.replaceAll(attribute + "='..'", attribute + "=''"), "<replication/> has no " + attribute);
        assertFault(message.replaceAll(attribute + "='..'", attribute + "='soon'"), "its " + attribute + " is soon");
    }

    @Test
    void aBatchWithoutANumberIsInvalid() {
        assertFault(message("<batch/>"), "<batch/> has no number");
        assertFault(message("<batch number='1.5'/>"), "its number is 1.5");
        assertFault(message("<batch number='9223372036854775808'/>"), "its number is 9223372036854775808");
    }

    @Test
    void anAcknowledgementWithoutANumberIsInvalid() {
        assertFault(message("<ack run='1'/>"), "<ack/> has no number");
        assertFault(message("<ack number='1'/>"), "<ack/> has no run");
        assertFault(message("<ack run='x' number='1'/>"), "its run is x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no digest", "AAAA"})
    void anotherDigestIsInvalid(String digest) {
        assertFault(message("<digest>" + digest + "</digest>"), "its digest is invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node | <entry/> has no node",
                "id | <entry/> has no id",
                "eid | its EID is null",
                "at | <entry/> has no at",
                "epoch | <entry/> has no epoch",
                "value | <entry/> has no value",
                "publisher | <entry/> has no publisher"
            })
    void anEntryWithoutAnAttributeIsInvalid(String attribute, String fault) {
        assertFault(batch(ENTRY.replaceAll(" " + attribute + "='[^']*'", "")), fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node | presence | its node is presence",
                "id | a&amp;b | a&b: a & cannot reach other servers; rename the device",
                "eid | 11:22 | its EID is 11:22",
                "at | 6s | its at is 6s",
                "epoch | -x | its epoch is -x",
                "value | in use | the value of PJSIP/100 is in use",
                "value | 3/0 | the value of PJSIP/100 is 3/0",
                "publisher | /asterisk | its publisher is /asterisk"
            })
    void anEntryWithAnInvalidAttributeIsInvalid(String attribute, String value, String fault) {
        assertFault(batch(ENTRY.replaceAll(" " + attribute + "='[^']*'", " " + attribute + "='" + value + "'")), fault);
    }

    @Test
    void aDeviceStateIsNoValueOfAMailbox() {
        assertFault(batch(ENTRY.replace("device_state", "message_waiting")), "the value of PJSIP/100 is INUSE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "removed", "non-cachable"})
    void anIdWithAControlCharacterIsInvalid(String name) {
        XmlElement item = XmlElement.element(name, MessageWriter.NAMESPACE)
                .attribute("node", "device_state")
                .attribute("id", "PJSIP/1\u0007")
                .attribute("eid", "11:22:33:44:55:5a")
                .attribute("at", "6")
                .attribute("epoch", "7")
                .attribute("value", "INUSE")
                .attribute("publisher", "alice@example.net/asterisk")
                .build();
        XmlElement batch = XmlElement.around(item, "batch", MessageWriter.NAMESPACE, "number", "3");
        XmlElement message = XmlElement.around(
                batch, "replication", MessageWriter.NAMESPACE, "version", "1", "run", "17", "sent-at", "18");
        assertFault(
                message, "PJSIP/1(U+0007): a control character (U+0007) cannot reach other servers; rename the device");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<removed node='device_state' id='a' eid='11:22:33:44:55:5a' epoch='7'/> | <removed/> has no at",
                "<removed node='device_state' id='a' eid='11:22:33:44:55:5a' at='6'/> | <removed/> has no epoch",
                "<removed node='device_state' id='a' eid='11:22:33:44:55:5a' at='6' epoch='7' value='x' publisher='a@b'/> | the value of a is x",
                "<removed node='device_state' id='a' eid='11:22:33:44:55:5a' at='6' epoch='7' value='INUSE'/> | <removed/> has no publisher",
                "<non-cachable node='device_state' id='a' eid='11:22:33:44:55:5a' value='INUSE' publisher='a@b'/> | <non-cachable/> has no at",
                "<non-cachable node='device_state' id='a' eid='11:22:33:44:55:5a' at='6' publisher='a@b'/> | <non-cachable/> has no value",
                "<non-cachable node='device_state' id='a' eid='11:22:33:44:55:5a' at='6' value='INUSE'/> | <non-cachable/> has no publisher",
                "<lease/> | its EID is null",
                "<lease owner='a@b/c' epoch='1' newest='1' present='true'/> | its EID is null",
                "<lease eid='11:22:33:44:55:5a' owner='' epoch='1' newest='1' present='true'/> | <lease/> has no owner",
                "<lease eid='11:22:33:44:55:5a' owner='/c' epoch='1' newest='1' present='true'/> | its owner is /c",
                "<lease eid='11:22:33:44:55:5a' owner='a@b/c' newest='1' present='true'/> | <lease/> has no epoch",
                "<lease eid='11:22:33:44:55:5a' owner='a@b/c' epoch='1' present='true'/> | <lease/> has no newest",
                "<binding releases='1' at='1'/> | its EID is null",
                "<binding eid='11:22:33:44:55:5a' at='1'/> | <binding/> has no releases",
                "<binding eid='11:22:33:44:55:5a' releases='1'/> | <binding/> has no at",
                "<binding eid='11:22:33:44:55:5a' account='/c' releases='1' at='1'/> | its account is /c",
                "<policy at='1'>site a</policy> | <policy/> has no number",
                "<policy number='1'>site a</policy> | <policy/> has no at"
            })
    void eachKindOfItemIsChecked(String item, String fault) {
        assertFault(batch(item), fault);
    }

    /** Each item may rely on those before it. */
    @Test
    void oneInvalidItemMakesTheWholeMessageInvalid() {
        assertFault(batch(ENTRY + "<lease/>" + ENTRY), "its EID is null");
    }

    private static String message(String content) {
        return "<replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='18' joins='0'>" + content
                + "</replication>";
    }

    private static String batch(String items) {
        return message("<batch number='3'>" + items + "</batch>");
    }

    private static ReplicationMessage parse(String message) throws InvalidMessageException {
        return MessageParser.parse(Xml.view(message));
    }

    private static void assertFault(String message, String fault) {
        assertFault(Xml.view(message), fault);
    }

    private static void assertFault(ElementView message, String fault) {
        assertThatThrownBy(() -> MessageParser.parse(message))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessage(fault);
    }
}
