// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.publishMailbox;
import static org.devstate.core.testing.Stanzas.publishState;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.replication.ClusterFixture.ClusterNode;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

/** A node that starts beside one with a table; its subscriber logs in before that table has arrived. */
final class SnapshotHoldTest {

    private final ClusterFixture cluster = new ClusterFixture();
    private final ClusterNode a = cluster.start("a");

    SnapshotHoldTest() {
        a.logIn(ALICE, publishState("PJSIP/100", EID_A, "INUSE"), publishMailbox("500@default", EID_A, 3, 0));
        cluster.advance(1_000);
    }

    @Test
    void aPersistedCountThatIsOutdatedIsNotSent() {
        ClusterNode b = startWithPersistedMailbox();
        b.logIn(BOB);
        cluster.advance(20_000);
        assertThat(b.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "INUSE"), mailbox(BOB, "500@default", EID_A, 3, 0));
    }

    @Test
    void aSnapshotStartsThreeSecondsAfterTheStartIfNoOtherNodeIsThere() {
        ClusterNode b = restartedAlone();
        b.service.handle(ALICE, publishState("PJSIP/7", EID_A, "INUSE"));
        b.logIn(BOB);
        cluster.advance(2_999);
        assertThat(b.messagesTo(BOB)).isEmpty();
        cluster.advance(1);
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/7", EID_A, "INUSE"));
    }

    @Test
    void changesAreSentMeanwhileAndNotRepeatedByTheSnapshot() {
        ClusterNode b = restartedAlone();
        b.logIn(BOB);
        b.service.handle(ALICE, publishState("PJSIP/7", EID_A, "INUSE"));
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/7", EID_A, "INUSE"));
        cluster.advance(20_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aSessionThatHasUnsubscribedMeanwhileIsSentNone() {
        ClusterNode b = restartedAlone();
        b.service.handle(ALICE, publishState("PJSIP/7", EID_A, "INUSE"));
        b.logIn(BOB);
        b.service.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        cluster.advance(20_000);
        assertThat(b.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aNodeWhoseTableDoesNotEndHoldsSnapshotsBackForFifteenSeconds() {
        ClusterNode b = restartedAlone();
        b.replicator().join("c");
        b.service.handle(ALICE, publishState("PJSIP/7", EID_A, "INUSE"));
        b.logIn(BOB);
        for (int second = 0; second < 15; second++) {
            assertThat(b.messagesTo(BOB)).isEmpty();
            ReplicationMessage alive = ReplicationMessage.alive(new ReplicationMessage.Sent(1, 1, 0));
            b.replicator().receive("c", Xml.view(new StanzaWriter("jabber:server").write(MessageWriter.write(alive))));
            cluster.advance(1_000);
        }
        assertThat(b.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/7", EID_A, "INUSE"));
    }

    /** After its start, which the other node does not see, it serves alone. */
    private ClusterNode restartedAlone() {
        ClusterNode b = cluster.restart("b");
        b.service.awaitServers();
        return b;
    }

    private ClusterNode startWithPersistedMailbox() {
        ClusterNode b = cluster.start("b");
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", Objects.requireNonNull(Eid.parse(EID_A)));
        b.service.restore(new Contents(
                List.of(),
                new Contents.PersistedEntries(
                        List.of(new Change.Mailbox(key, new MailboxCounts(1, 0), ALICE.account(), 1)), List.of()),
                new Contents.PersistedSessions(List.of(), List.of()),
                null));
        b.service.awaitServers();
        return b;
    }
}
