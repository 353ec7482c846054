// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.publishState;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.junit.jupiter.api.Test;

/** A node that restores devices which a server has published that is connected to another node by now. */
final class RestartedNodeTest {

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a");
    private final ClusterNode b = cluster.start("b");

    RestartedNodeTest() {
        cluster.advance(2_000);
        a.logIn(ALICE);
        cluster.advance(2_000);
    }

    @Test
    void aRestartedNodeThatJoinsAfterTheGracePeriodEndsNoEntriesOfServersElsewhere() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(b);
        Jid late = Jid.of("late@example.net/asterisk");
        ClusterNode again = restartWith("PJSIP/100", 40_000, late);
        assertThat(again.messagesTo(late)).containsExactly(state(late, "PJSIP/100", EID_A, "INUSE"));
        assertThat(a.replicator().digest()).isEqualTo(again.replicator().digest());
    }

    /** Until then, its clients may see an offline state, but no other node keeps that. */
    @Test
    void aNodeThatJoinsLongAfterItsRestartTakesTheStatesOfServersElsewhere() {
        ClusterNode c = cluster.start("c");
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(b);
        ClusterNode again = restartWith("PJSIP/100", 70_000, BOB);
        assertThat(stateAt(a)).isEqualTo("INUSE");
        assertThat(stateAt(c)).isEqualTo("INUSE");
        assertThat(stateAt(again)).isEqualTo("INUSE");
    }

    /** Its server has removed it while this node was away. */
    @Test
    void aRestoredDeviceThatItsServerElsewhereHasNotTakesTheOfflineState() {
        a.service.handle(ALICE, publishState("PJSIP/100", EID_A, "INUSE"));
        cluster.advance(2_000);
        cluster.crash(b);
        Jid late = Jid.of("late@example.net/asterisk");
        ClusterNode again = restartWith("PJSIP/999", 1_000, late);
        assertThat(again.messagesTo(late)).containsExactly(state(late, "PJSIP/100", EID_A, "INUSE"));
        cluster.advance(LeaseTerms.DEFAULT.graceMs() * 2);
        assertThat(again.messagesTo(late)).containsExactly(state(late, "PJSIP/999", EID_A, "UNAVAILABLE"));
    }

    private ClusterNode restartWith(String device, long joinsAfterMs, Jid subscriber) {
        ClusterNode again = cluster.restart("b");
        Change.Device restored = new Change.Device(
                new ItemKey(NodeType.DEVICE_STATE, device, Objects.requireNonNull(Eid.parse(EID_A))), ALICE.account());
        again.service.restore(new Contents(
                List.of(),
                new Contents.PersistedEntries(List.of(), List.of(restored)),
                new Contents.PersistedSessions(List.of(), List.of()),
                null));
        again.service.awaitServers();
        again.logIn(subscriber);
        cluster.advance(joinsAfterMs);
        cluster.heal();
        cluster.advance(30_000);
        return again;
    }

    private static String stateAt(ClusterNode node) {
        Jid reader = Jid.of("reader@example.net/asterisk");
        node.logIn(reader);
        return node.messagesTo(reader).stream()
                .map(message ->
                        message.children().get(0).children().get(0).children().get(0))
                .map(item -> item.children().get(0).text())
                .findFirst()
                .orElse("");
    }
}
