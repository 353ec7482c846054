// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Decision;
import org.devstate.core.state.NonCachableStates.NonCachableState;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.Metric;
import org.devstate.core.stats.Metric.MetricId;
import org.devstate.core.stats.Metric.MetricKind;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.devstate.core.stats.RejectionHistory.RejectedItem;
import org.devstate.core.stats.RejectionHistory.Rejection;
import org.devstate.core.stats.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts and questions as they arrive at another node. */
final class FactTextTest {

    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5a"));
    private static final Account ALICE = Account.of("alice@example.net");
    private static final Jid SESSION = Jid.of("alice@example.net/a b");

    static Stream<Fact> facts() {
        return Stream.of(
                new Fact.LoadFact(ALICE, new Load(1, 2, 0, new Traffic(0.5, 12.25, 300))),
                new Fact.SessionFact(SESSION, true, Set.of(NodeType.values())),
                new Fact.SessionFact(SESSION, false, Set.of()),
                new Fact.AbsenceFact(ALICE, 1_700_000_000_000L, 0),
                new Fact.OutcomeFact(
                        EID,
                        new Entries.EntrySubscriber(
                                "paris", SESSION.toString(), Entries.Fate.WAITING, Decision.denied("it is"))),
                new Fact.OutcomeFact(
                        EID,
                        new Entries.EntrySubscriber(
                                "", "", Entries.Fate.DENIED, new Decision(true, Decision.Basis.SUSPENSION, "x", ""))),
                new Fact.RejectionFact(new Rejection(
                        5, SESSION, "device_state", new RejectedItem(NodeType.DEVICE_STATE, "PJSIP/1"), "too <long>")),
                new Fact.NonCachableFact(new NonCachableState(
                        new ItemKey(NodeType.DEVICE_STATE, "Custom:1", EID), DeviceState.INUSE, SESSION, 6)),
                new Fact.OverrideFact(new EntryOverride(
                        new ItemKey(NodeType.MESSAGE_WAITING, "500@x", EID), new MailboxCounts(2, 5), ALICE, 7)),
                new Fact.MetricFact(new MetricId("sent", MetricKind.COUNTER, "", "Notifications sent").of(7)),
                new Fact.MetricFact(new Metric(
                        new MetricId("latency", MetricKind.BUCKET, "ms", "How long"),
                        "paris",
                        "tigase2",
                        "+Inf",
                        "0.25")));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void aFactIsReadAsItWasWritten(Fact fact) {
        assertThat(FactText.read(FactText.write(fact))).isEqualTo(fact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load\talice@example.net",
                "load\t\t1\t1\t1\t1\t1",
                "session\t\ttrue\t",
                "absence\talice@example.net\tx\t1",
                "outcome\t00:11\ta\tb\tWAITING\ttrue\tSERVER\t\t",
                "outcome\t00:11:22:33:44:5a\ta\tb\tLATER\ttrue\tSERVER\t\t",
                "metric\tsent\tCOUNTER\t\tSent\t\t\t\tmany",
                "metric\tsent\tLATER\t\tSent\t\t\t\t1",
                "non-cachable\tx\t00:11:22:33:44:5a\tNONSENSE\talice@example.net/a\t1"
            })
    void aMalformedFactIsNone(String line) {
        assertThatThrownBy(() -> FactText.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "later\tx"})
    void aFactOfALaterVersionIsNone(String line) {
        assertThat(FactText.read(line)).isNull();
    }

    @Test
    void aTabInATextIsABlank() {
        Rejection rejection = new Rejection(5, SESSION, "a\tb", RejectedItem.NONE, "c\nd");
        assertThat(FactText.read(FactText.write(new Fact.RejectionFact(rejection))))
                .isEqualTo(new Fact.RejectionFact(new Rejection(5, SESSION, "a b", RejectedItem.NONE, "c d")));
    }

    @Test
    void aQuestionIsReadAsItWasWritten() {
        FactQuestion servers = new FactQuestion.OfServers();
        FactQuestion item = new FactQuestion.OfItem(NodeType.MESSAGE_WAITING, "500@a b", null);
        FactQuestion metrics = new FactQuestion.OfMetrics();
        FactQuestion itemAtServer = new FactQuestion.OfItem(NodeType.DEVICE_STATE, "PJSIP/1", ALICE);
        assertThat(Stream.of(servers, metrics, item, itemAtServer)
                        .map(FactQuestion::text)
                        .map(FactQuestion::parse))
                .containsExactly(servers, metrics, item, itemAtServer);
        assertThat(FactQuestion.parse(item.text().strip()))
                .as("without blanks at its end")
                .isEqualTo(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "later", "item", "item\tother\tx"})
    void aQuestionOfALaterVersionIsNone(String text) {
        assertThat(FactQuestion.parse(text)).isNull();
    }
}
