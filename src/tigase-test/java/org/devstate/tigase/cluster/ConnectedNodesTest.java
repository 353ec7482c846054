// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.replication.Replicator;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.tigase.stanzas.ElementConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tigase.cluster.api.ClusterCommandException;
import tigase.cluster.api.ClusterControllerIfc;
import tigase.cluster.api.CommandListener;
import tigase.xml.Element;
import tigase.xmpp.jid.JID;

/** Commands of other nodes, as Tigase hands them over: one that is invalid, or of a node that is not connected, changes nothing. */
final class ConnectedNodesTest {

    private static final JID B = JID.jidInstanceNS("pubsub@node-b");
    private static final JID STRANGER = JID.jidInstanceNS("pubsub@node-x");
    private static final String SERVICE = "pubsub.example.net";

    private static final String BATCH =
            "<replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='18' joins='0'><batch number='%d'>%s</batch></replication>";
    private static final String ENTRY =
            "<entry node='device_state' id='PJSIP/7' eid='11:22:33:44:55:5a' at='6' epoch='7' value='%s' publisher='alice@example.net/asterisk'/>";
    private static final String VALID = BATCH.formatted(1, ENTRY.formatted("INUSE"));

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final List<CommandListener> listeners = new ArrayList<>();
    private final List<String> sentTo = new ArrayList<>();
    private final ConnectedNodes nodes = new ConnectedNodes(() -> Jid.of("pubsub@node-a"), scheduler);
    private DeviceStateService service;

    @BeforeEach
    void startTheService() {
        nodes.setOn(true);
        nodes.setController((ClusterControllerIfc) Proxy.newProxyInstance(
                ClusterControllerIfc.class.getClassLoader(), new Class<?>[] {ClusterControllerIfc.class}, this::call));
        service = new DeviceStateService(
                ServiceFixture.SERVICE,
                NodeOwnership.SHARED,
                ServiceFixture.open(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT),
                new Host(clock, scheduler, new RecordingSender(), change -> {}, nodes.link(SERVICE)));
        service.setOperatorLog(log);
        nodes.begin(SERVICE, replicator());
        nodes.add(B);
        service.handle(ALICE, Stanzas.publishState("PJSIP/100", EID_A, "INUSE"));
        scheduler.advance(0);
        log.happened();
    }

    /** As Tigase's controller, which has more methods than are used. */
    private @Nullable Object call(Object controller, Method method, Object[] arguments) {
        if (method.getName().equals("setCommandListener")) {
            listeners.add((CommandListener) arguments[0]);
        } else {
            sentTo.add(((JID[]) arguments[arguments.length - 1])[0].toString());
        }
        return null;
    }

    @Test
    void aValidMessageOfAConnectedNodeIsMerged() throws ClusterCommandException {
        receive(B, SERVICE, VALID);
        assertThat(service.status().entries()).isEqualTo(2);
        assertThat(ignored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<replication xmlns='urn:devstate:replication' version='2' run='17' sent-at='18' joins='0'/>",
                "<replication xmlns='urn:devstate:replication' version='1' run='x' sent-at='18' joins='0'/>",
                "<replication xmlns='urn:devstate:replication' version='1' sent-at='18' joins='0'/>",
                "<replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='18' joins='0'><batch/></replication>",
                "<replication xmlns='urn:devstate:replication' version='1' run='17' sent-at='18' joins='0'><digest>x</digest></replication>",
                "<message xmlns='jabber:client'><body>hello</body></message>",
                "<iq/>"
            })
    void anInvalidMessageChangesNothingAndIsCountedAndLoggedOnce(String message) throws ClusterCommandException {
        long digest = replicator().digest();
        receive(B, SERVICE, message);
        receive(B, SERVICE, message);
        assertThat(service.status().entries()).isEqualTo(1);
        assertThat(replicator().digest()).isEqualTo(digest);
        assertThat(replicator().nodes()).noneMatch(Replicator.NodeStatus::isPresent);
        assertThat(ignored()).isEqualTo(2);
        assertThat(log.warned())
                .singleElement()
                .asString()
                .startsWith(SERVICE + ": cluster node node-b has sent an invalid message: ");
        assertThat(log.happened()).isEmpty();
    }

    @Test
    void aMessageWithOneInvalidEntryChangesNothing() throws ClusterCommandException {
        receive(B, SERVICE, BATCH.formatted(1, ENTRY.formatted("INUSE") + ENTRY.formatted("ASLEEP")));
        assertThat(service.status().entries()).isEqualTo(1);
        assertThat(ignored()).isEqualTo(1);
        receive(B, SERVICE, VALID);
        assertThat(service.status().entries()).isEqualTo(2);
    }

    /** One that connected before the component was there, or was announced and had gone. */
    @Test
    void nodesAreThoseOfTigasesOwnList() throws ClusterCommandException {
        nodes.take(List.of(STRANGER));
        scheduler.advance(0);
        assertThat(replicator().nodes()).extracting(Replicator.NodeStatus::name).contains("node-x");
        receive(STRANGER, SERVICE, VALID);
        assertThat(service.status().entries()).isEqualTo(2);
        receive(B, SERVICE, VALID);
        assertThat(ignored()).isEqualTo(1);
    }

    @Test
    void aMessageOfANodeThatIsNotConnectedChangesNothingAndIsCountedAndLoggedOnce() throws ClusterCommandException {
        receive(STRANGER, SERVICE, VALID);
        receive(STRANGER, SERVICE, VALID);
        assertThat(service.status().entries()).isEqualTo(1);
        assertThat(replicator().nodes()).extracting(Replicator.NodeStatus::name).containsExactly("node-b");
        assertThat(sentTo).doesNotContain(STRANGER.toString());
        assertThat(ignored()).isEqualTo(2);
        assertThat(log.happened())
                .containsExactly(SERVICE
                        + ": cluster node node-x is not connected to this one; its messages are ignored until it is");
    }

    @Test
    void aNodeThatWasLostIsNoLongerConnected() throws ClusterCommandException {
        receive(B, SERVICE, VALID);
        nodes.remove(B);
        scheduler.advance(0);
        receive(B, SERVICE, BATCH.formatted(2, ENTRY.formatted("BUSY").replace("PJSIP/7", "PJSIP/8")));
        assertThat(service.status().entries()).isEqualTo(2);
        nodes.add(B);
        receive(B, SERVICE, BATCH.formatted(2, ENTRY.formatted("BUSY").replace("PJSIP/7", "PJSIP/8")));
        assertThat(service.status().entries()).isEqualTo(3);
    }

    /** As every command has the same listener, and a fault in one must not end Tigase's thread. */
    @Test
    void aCommandWithoutServiceOrMessagesIsIgnored() throws ClusterCommandException {
        listener().executeCommand(B, Set.of(), Map.of(), new ArrayDeque<>(List.of(element(VALID))));
        listener().executeCommand(B, Set.of(), Map.of("service", SERVICE), new ArrayDeque<>());
        listener()
                .executeCommand(
                        B,
                        Set.of(),
                        Map.of("service", "pubsub.elsewhere.org"),
                        new ArrayDeque<>(List.of(element(VALID))));
        scheduler.advance(0);
        assertThat(service.status().entries()).isEqualTo(1);
    }

    private long ignored() {
        return service.status().counters().get(Counter.NODE_MESSAGES_IGNORED);
    }

    private void receive(JID node, String address, String message) throws ClusterCommandException {
        Queue<Element> packets = new ArrayDeque<>(List.of(element(message)));
        listener().executeCommand(node, Set.of(), Map.of("service", address), packets);
        scheduler.advance(0);
    }

    private CommandListener listener() {
        return listeners.get(0);
    }

    private Replicator replicator() {
        return Objects.requireNonNull(service.replicator());
    }

    private static Element element(String xml) {
        return ElementConverter.toTigase(Xml.parse(xml));
    }
}
