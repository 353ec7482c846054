// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.ALICE;
import static org.devstate.core.replication.SampleItems.EID;
import static org.devstate.core.replication.SampleItems.MAILBOX;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.entry;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.replication.ReplicatedItem.BindingState;
import org.devstate.core.replication.ReplicatedItem.EidBinding;
import org.devstate.core.replication.ReplicatedItem.EidLease;
import org.devstate.core.replication.ReplicatedItem.NodeSubscription;
import org.devstate.core.replication.ReplicatedItem.NonCachableValue;
import org.devstate.core.replication.ReplicatedItem.NumberedPolicy;
import org.devstate.core.replication.ReplicatedItem.RemovedEntry;
import org.devstate.core.replication.ReplicatedItem.StoredEntry;
import org.devstate.core.replication.ReplicatedItem.TableSent;
import org.devstate.core.replication.ReplicationMessage.Acknowledgement;
import org.devstate.core.replication.ReplicationMessage.Batch;
import org.devstate.core.replication.ReplicationMessage.Sent;
import org.devstate.core.sessions.Leases.PublishedLease;
import org.devstate.core.state.FinalValue;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as they arrive at the other node: written as text, and read from it. */
final class MessageRoundTripTest {

    private static final Sent SENT = new Sent(17, 1_700_000_000_123L, 0);
    private static final ItemKey ODD = new ItemKey(NodeType.DEVICE_STATE, "Custom:Grüße an 😀", EID);
    private static final Jid ODD_SESSION = Jid.of("alice@example.net/<a> & \"b\" 'c'\t/d");

    static Stream<ReplicatedItem> items() {
        return Stream.of(
                new StoredEntry(entry(PHONE, DeviceState.RINGING, ALICE, 9_000_000_000L, 8_000_000_000L)),
                new StoredEntry(entry(MAILBOX, new MailboxCounts(3, 12), ALICE, Entry.NO_LEASE, 5)),
                new StoredEntry(entry(ODD, DeviceState.INUSE, ODD_SESSION, Entry.BY_HAND, 0)),
                new RemovedEntry(PHONE, 6, 7, new FinalValue(DeviceState.UNAVAILABLE, ALICE)),
                new RemovedEntry(
                        MAILBOX,
                        6,
                        7,
                        new FinalValue(MailboxCounts.NONE, ALICE.account().jid())),
                new RemovedEntry(MAILBOX, 6, Entry.BY_HAND, null),
                new EidLease(EID, new PublishedLease(ALICE, 8, 9, true)),
                new EidLease(EID, new PublishedLease(ALICE, 8, 9, false)),
                new EidLease(EID, null),
                new EidBinding(EID, new BindingState(Account.of("alice@example.net"), 2, 6)),
                new EidBinding(EID, new BindingState(null, 3, 0)),
                new NumberedPolicy(4, 6, "site paris\n    servers  a*@example.net # \"<&>'\n"),
                new NodeSubscription(ODD_SESSION, NodeType.MESSAGE_WAITING),
                new TableSent());
    }

    @ParameterizedTest
    @MethodSource("items")
    void eachKindOfItemIsReadAsItWasWritten(ReplicatedItem item) throws MessageParser.InvalidMessageException {
        assertThat(batchOf(item)).isEqualTo(new Batch(3, List.of(item)));
    }

    @Test
    void aNonCachableValueIsReadAsItWasWritten() throws MessageParser.InvalidMessageException {
        Notification sent = Notification.nonCachable(PHONE, DeviceState.BUSY, ALICE, 6);
        NonCachableValue read = (NonCachableValue)
                batchOf(new NonCachableValue(sent, 6)).items().get(0);
        assertThat(read.atMs()).isEqualTo(6);
        Notification received = read.notification();
        assertThat(received.cachable()).isFalse();
        assertThat(received.key()).isEqualTo(PHONE);
        assertThat(received.value()).isEqualTo(DeviceState.BUSY);
        assertThat(received.publisher()).isEqualTo(ALICE);
        assertThat(received.changedAtMs()).isEqualTo(6);
    }

    @Test
    void itemsStayInTheirOrder() throws MessageParser.InvalidMessageException {
        List<ReplicatedItem> all = items().toList();
        assertThat(parse(ReplicationMessage.of(SENT, new Batch(3, all))).batch())
                .isEqualTo(new Batch(3, all));
    }

    @Test
    void aSignOfLifeHasNothingButItsSenderAndTime() throws MessageParser.InvalidMessageException {
        assertThat(parse(ReplicationMessage.alive(SENT)))
                .isEqualTo(new ReplicationMessage(SENT, null, null, null, null));
    }

    @Test
    void anAcknowledgementIsReadAsItWasWritten() throws MessageParser.InvalidMessageException {
        Acknowledgement acknowledgement = new Acknowledgement(18, 4);
        assertThat(parse(ReplicationMessage.of(SENT, acknowledgement)))
                .isEqualTo(new ReplicationMessage(SENT, null, acknowledgement, null, null));
    }

    @Test
    void aQuestionAndItsAnswerAreReadAsTheyWereWritten() throws MessageParser.InvalidMessageException {
        ReplicationMessage.NodeQuestion question = new ReplicationMessage.NodeQuestion(5, "item\tPJSIP/1\t<a> & 'b'\t");
        assertThat(parse(ReplicationMessage.of(SENT, question)).query()).isEqualTo(question);
        ReplicationMessage.NodeAnswer answer =
                new ReplicationMessage.NodeAnswer(18, 5, List.of("load\ta\t", "", "gone"));
        assertThat(parse(ReplicationMessage.of(SENT, answer)).query()).isEqualTo(answer);
    }

    @Test
    void theVersionOfAnEntryIsNotSent() throws MessageParser.InvalidMessageException {
        Entry entry = entry(PHONE, DeviceState.RINGING, ALICE, 7, 6);
        assertThat(batchOf(new StoredEntry(entry.withVersion(12))))
                .isEqualTo(new Batch(3, List.of(new StoredEntry(entry))));
    }

    @Test
    void aMessageIsWrittenAsInTheDocumentedForm() {
        ReplicationMessage message = new ReplicationMessage(
                SENT,
                new Batch(3, List.of(new StoredEntry(entry(PHONE, DeviceState.RINGING, ALICE, 7, 6)), new TableSent())),
                new Acknowledgement(18, 4),
                null,
                new ReplicationMessage.NodeAnswer(18, 5, List.of("servers", "")));
        assertThat(MessageWriter.write(message))
                .isEqualTo(
                        Xml.parse(
                                """
                                <replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='1700000000123' joins='0'>
                                  <batch number='3'>
                                    <entry node='device_state' id='PJSIP/100' eid='11:22:33:44:55:5a' at='6' epoch='7' value='RINGING'
                                        publisher='alice@example.net/asterisk'/>
                                    <table-sent/>
                                  </batch>
                                  <ack run='18' number='4'/>
                                  <answer run='18' number='5'><line>servers</line><line/></answer>
                                </replication>"""));
    }

    private static Batch batchOf(ReplicatedItem item) throws MessageParser.InvalidMessageException {
        ReplicationMessage message = parse(ReplicationMessage.of(SENT, new Batch(3, List.of(item))));
        assertThat(message.sent()).isEqualTo(SENT);
        return Objects.requireNonNull(message.batch());
    }

    private static ReplicationMessage parse(ReplicationMessage message) throws MessageParser.InvalidMessageException {
        String text = new StanzaWriter("jabber:server").write(MessageWriter.write(message));
        return MessageParser.parse(Xml.view(text));
    }
}
