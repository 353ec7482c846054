// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.ReplicationMessage.Acknowledgement;
import org.devstate.core.replication.ReplicationMessage.Batch;
import org.devstate.core.replication.ReplicationMessage.Sent;
import org.devstate.core.sessions.Leases;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** One node, and the messages that it sends: the test is the other node. */
final class ReplicatorTest {

    private static final Replicator.LinkFigures IDLE = new Replicator.LinkFigures(0, 0, 0, 0);

    private static final long RUN = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<XmlElement> sent = new ArrayList<>();
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final DeviceStateService service = new DeviceStateService(
            ServiceFixture.SERVICE,
            NodeOwnership.SHARED,
            ClusterFixture.OPEN,
            new Host(clock, scheduler, new RecordingSender(), change -> {}, new ClusterLink() {
                @Override
                public String self() {
                    return "a";
                }

                @Override
                public void send(String node, XmlElement message) {
                    assertThat(node).isEqualTo("b");
                    sent.add(message);
                }
            }));
    private final Replicator replicator = Objects.requireNonNull(service.replicator());

    @Test
    void aNodeDoesNotJoinItself() {
        replicator.join("a");
        scheduler.advance(60_000);
        assertThat(sent).isEmpty();
        assertThat(replicator.nodes()).isEmpty();
    }

    @Test
    void anotherNodeIsSentASignOfLifeAtOnceAndEverySecond() {
        replicator.join("b");
        scheduler.advance(0);
        assertThat(taken()).containsExactly("alive");
        scheduler.advance(999);
        assertThat(sent).isEmpty();
        scheduler.advance(1);
        assertThat(taken()).containsExactly("alive");
        scheduler.advance(3_000);
        assertThat(taken()).containsExactly("alive", "alive", "alive");
        assertThat(replicator.nodes().get(0)).isEqualTo(new Replicator.NodeStatus("b", false, 0, false, IDLE));
    }

    @Test
    void aMessageOfAnUnknownNodeIsIgnored() {
        receive(ReplicationMessage.alive(new Sent(1, 1, 0)));
        assertThat(sent).isEmpty();
        assertThat(replicator.nodes()).isEmpty();
    }

    @Test
    void aNodeThatJoinsIsSentTheDigestAndThePolicy() {
        joinB();
        assertThat(taken()).containsExactly("digest", "batch 1: policy");
        assertThat(replicator.nodes().get(0))
                .isEqualTo(
                        new Replicator.NodeStatus("b", true, 1_000_000, false, new Replicator.LinkFigures(1, 0, 0, 0)));
    }

    @Test
    void theEndOfTheTableFollowsTheDifferencesOfTheFirstDigest() {
        service.handle(ALICE, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"));
        joinB();
        assertThat(taken()).containsExactly("digest", "batch 1: policy binding lease");
        receive(ReplicationMessage.of(new Sent(1, 1, 0), emptyDigest()));
        assertThat(replicator.nodes().get(0))
                .extracting(node -> node.figures().pending())
                .isEqualTo(5);
        acknowledge(1);
        assertThat(taken()).containsExactly("batch 2: entry table-sent");
        acknowledge(2);
        receive(ReplicationMessage.of(new Sent(1, 1, 0), emptyDigest()));
        assertThat(taken()).as("the end is sent once").containsExactly("batch 3: entry");
    }

    @Test
    void aChangeIsSentAtOnceAndOneBatchAtATime() {
        joinB();
        acknowledge(1);
        sent.clear();
        service.handle(ALICE, Stanzas.publishMailbox("500@default", EID_A, 1, 0));
        scheduler.advance(0);
        assertThat(taken()).containsExactly("batch 2: binding lease entry");
        service.handle(ALICE, Stanzas.publishMailbox("500@default", EID_A, 2, 0));
        service.handle(ALICE, Stanzas.publishMailbox("500@default", EID_A, 3, 0));
        scheduler.advance(0);
        assertThat(sent).isEmpty();
        acknowledge(2);
        assertThat(taken()).containsExactly("batch 3: entry");
    }

    @Test
    void nothingIsPendingForANodeThatIsNotPresent() {
        replicator.join("b");
        service.handle(ALICE, Stanzas.publishMailbox("500@default", EID_A, 1, 0));
        scheduler.advance(0);
        assertThat(taken()).containsExactly("alive");
        assertThat(replicator.nodes().get(0)).isEqualTo(new Replicator.NodeStatus("b", false, 0, false, IDLE));
    }

    @Test
    void anAcknowledgementOfAnotherRunDoesNotCount() {
        joinB();
        sent.clear();
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Acknowledgement(RUN - 1, 1)));
        service.handle(ALICE, Stanzas.publishMailbox("500@default", EID_A, 1, 0));
        scheduler.advance(0);
        assertThat(sent).isEmpty();
    }

    @Test
    void aBatchIsAcknowledgedAlsoIfItIsLate() {
        joinB();
        sent.clear();
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(4, List.of(new ReplicatedItem.TableSent()))));
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(3, List.of())));
        assertThat(taken()).containsExactly("ack 4 of run 1", "ack 3 of run 1");
        assertThat(replicator.nodes().get(0))
                .extracting(Replicator.NodeStatus::isComplete)
                .isEqualTo(true);
    }

    @Test
    void aMessageFromBeforeARestartIsIgnored() {
        joinB();
        receive(ReplicationMessage.alive(new Sent(2, 1, 0)));
        sent.clear();
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(1, List.of())));
        assertThat(sent).isEmpty();
    }

    @Test
    void anUnacknowledgedBatchIsRepeatedAfterThreeSeconds() {
        joinB();
        sent.clear();
        stayAlive(2_999);
        assertThat(taken()).doesNotContain("batch 2: policy");
        stayAlive(1);
        assertThat(taken()).contains("batch 2: policy");
    }

    @Test
    void anIdleNodeIsSentTheDigestEveryThirtySeconds() {
        joinB();
        acknowledge(1);
        stayAlive(29_999);
        sent.clear();
        stayAlive(1);
        assertThat(taken()).containsExactly("digest");
        stayAlive(29_000);
        assertThat(taken()).hasSize(29).containsOnly("alive");
        stayAlive(1_000);
        assertThat(taken()).containsExactly("digest");
    }

    @Test
    void theClockOfANodeThatIsAheadIsFollowed() {
        joinB();
        receive(ReplicationMessage.alive(new Sent(1, 1_000_500, 0)));
        sent.clear();
        stayAlive(1_000);
        assertThat(sent.get(0).attribute("sent-at")).isEqualTo("1001500");
        assertThat(sent.get(0).attribute("run")).isEqualTo(Long.toString(RUN));
    }

    @Test
    void messagesBeyondWhatWaitsAreDropped() {
        replicator.join("b");
        for (int i = 1; i <= 66; i++) {
            replicator.receive(
                    "b", MessageWriter.write(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(i, List.of()))));
        }
        scheduler.advance(0);
        assertThat(taken()).contains("ack 64 of run 1").doesNotContain("ack 65 of run 1");
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(65, List.of())));
        assertThat(taken()).containsExactly("ack 65 of run 1");
    }

    private void joinB() {
        replicator.join("b");
        scheduler.advance(0);
        sent.clear();
        receive(ReplicationMessage.alive(new Sent(1, 1, 0)));
    }

    private void receive(ReplicationMessage message) {
        replicator.receive("b", MessageWriter.write(message));
        scheduler.advance(0);
    }

    private void acknowledge(long number) {
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Acknowledgement(RUN, number)));
    }

    /** Lets time pass; the other node sends a sign of life every second. */
    private void stayAlive(long ms) {
        for (long left = ms; left > 0; left -= 1_000) {
            scheduler.advance(Math.min(left, 1_000));
            receive(ReplicationMessage.alive(new Sent(1, 1, 0)));
        }
    }

    private static TableDigest emptyDigest() {
        return Objects.requireNonNull(
                TableDigest.parse(Base64.getEncoder().encodeToString(new byte[TableDigest.LEAST_RANGES * Long.BYTES])));
    }

    /** The messages since the last call, in short. */
    private List<String> taken() {
        List<String> texts = sent.stream().map(ReplicatorTest::text).toList();
        sent.clear();
        return texts;
    }

    private static String text(XmlElement message) {
        if (message.children().isEmpty()) {
            return "alive";
        }
        XmlElement part = message.children().get(0);
        return switch (part.name()) {
            case "batch" ->
                "batch " + part.attribute("number") + ": "
                        + String.join(
                                " ",
                                part.children().stream().map(XmlElement::name).toList());
            case "ack" -> "ack " + part.attribute("number") + " of run " + part.attribute("run");
            default -> part.name();
        };
    }

    @Test
    void aNodeThatHasLostThisOneIsSentEverythingAgain() {
        joinB();
        acknowledge(1);
        sent.clear();
        receive(ReplicationMessage.alive(new Sent(1, 1, 1)));
        assertThat(taken()).containsExactly("digest", "batch 2: policy");
        receive(ReplicationMessage.of(new Sent(1, 1, 1), new Acknowledgement(RUN, 2)));
        receive(ReplicationMessage.alive(new Sent(1, 1, 1)));
        assertThat(taken()).isEmpty();
        receive(ReplicationMessage.alive(new Sent(1, 1, 2)));
        assertThat(taken()).containsExactly("digest", "batch 3: policy");
    }

    @Test
    void theRunIsTheTimeOfTheStart() {
        assertThat(replicator.startedAtMs()).isEqualTo(RUN);
    }

    @Test
    void aMessageOfANodeWithoutAConnectionIsLoggedOnceAndCounted() {
        service.setOperatorLog(log);
        replicator.ignore("c");
        replicator.ignore("c");
        scheduler.advance(0);
        assertThat(log.happened())
                .containsExactly(ServiceFixture.SERVICE
                        + ": cluster node c is not connected to this one; its messages are ignored until it is");
        assertThat(service.status().counters().get(Counter.NODE_MESSAGES_IGNORED))
                .isEqualTo(2);
    }

    @Test
    void aBatchWithAnInvalidPolicyIsLoggedCountedAndAcknowledged() {
        joinB();
        service.setOperatorLog(log);
        sent.clear();
        receiveBatch(1, new ReplicatedItem.NumberedPolicy(7, 7, "sight paris"));
        assertThat(taken()).containsExactly("ack 1 of run 1");
        assertThat(log.warned())
                .singleElement()
                .asString()
                .contains("cluster node b has sent an invalid message: its policy is invalid");
        assertThat(service.status().counters().get(Counter.NODE_MESSAGES_IGNORED))
                .isEqualTo(1);
    }

    @Test
    void aNodeIsCompleteWhenTheEndOfItsTableHasArrived() {
        joinB();
        receiveBatch(1, new ReplicatedItem.NumberedPolicy(0, 0, PolicyWriter.write(service.policy())));
        assertThat(replicator.nodes().get(0).isComplete()).isFalse();
        receiveBatch(2, new ReplicatedItem.TableSent());
        assertThat(replicator.nodes().get(0).isComplete()).isTrue();
    }

    @Test
    void anOlderPolicyIsAnsweredWithTheOneInForce() {
        service.setPolicy(ServiceFixture.policy("site paris\nservers *@example.net\n"));
        joinB();
        acknowledge(1);
        sent.clear();
        receiveBatch(1, new ReplicatedItem.NumberedPolicy(0, 0, PolicyWriter.write(ClusterFixture.OPEN)));
        assertThat(taken()).containsExactlyInAnyOrder("batch 2: policy", "ack 1 of run 1");
    }

    @Test
    void anEntryOlderThanItsRemovalDoesNotComeBack() {
        joinB();
        receiveBatch(1, new ReplicatedItem.RemovedEntry(SampleItems.PHONE, RUN + 9, 5, null));
        receiveBatch(2, stored(RUN + 8));
        assertThat(values()).isEmpty();
        receiveBatch(3, stored(RUN + 10));
        assertThat(values()).containsExactly(DeviceState.INUSE);
    }

    /** The server moves here before this node learns which devices it had, and that they were its. */
    @Test
    void devicesOfAServerThatHasMovedHereEndUnlessItRepeatsThem() {
        joinB();
        service.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        service.handle(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        receiveBatch(1, stored(RUN));
        assertThat(values()).containsExactly(DeviceState.INUSE);
        receiveBatch(
                2,
                new ReplicatedItem.EidLease(SampleItems.EID, new Leases.PublishedLease(SampleItems.ALICE, 5, 5, true)));
        assertThat(values()).containsExactly(DeviceState.UNAVAILABLE);
    }

    /** The first look is after 10 s, and the grace period of 30 s begins by it. */
    @Test
    void devicesThatNoNodeAnswersForEndAfterTheGracePeriod() {
        joinB();
        receiveBatch(1, stored(RUN));
        stayAlive(39_000);
        assertThat(values()).containsExactly(DeviceState.INUSE);
        stayAlive(1_000);
        assertThat(values()).containsExactly(DeviceState.UNAVAILABLE);
    }

    /** So that no two nodes give the same one: 1,024 for each millisecond, and of these the one of the node. */
    @Test
    void anEpochHasTheTimeAndTheNode() {
        service.handle(ALICE, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"));
        assertThat(service.epoch(ALICE)).isEqualTo(RUN * 1_024 + "a".hashCode());
    }

    private void receiveBatch(long number, ReplicatedItem item) {
        receive(ReplicationMessage.of(new Sent(1, 1, 0), new Batch(number, List.of(item))));
    }

    private static ReplicatedItem stored(long atMs) {
        return new ReplicatedItem.StoredEntry(
                SampleItems.entry(SampleItems.PHONE, DeviceState.INUSE, SampleItems.ALICE, 5, atMs));
    }

    /** The values of all devices. */
    private List<Value> values() {
        return service.administration().entries().of(NodeType.DEVICE_STATE, SampleItems.PHONE.id()).stream()
                .map(known -> known.entry().value())
                .toList();
    }
}
