// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Entries.Fate;
import org.devstate.core.model.Eid;
import org.devstate.core.model.NodeType;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outcome of an entry at each subscriber. */
final class SubscriberFinderTest {

    private final ServiceFixture host = new ServiceFixture();

    @BeforeEach
    void allAreSubscribed() {
        host.subscribeToAll(ALICE, BOB, CAROL);
    }

    @Test
    void anOlderMailboxIsSupersededForThoseThatReceiveTheNewerOne() {
        host.publishMailbox(ALICE, "1@default", EID_A, 3, 0);
        host.scheduler.runAll();
        assertThat(fates(NodeType.MESSAGE_WAITING, "1@default", EID_A))
                .isEqualTo(Map.of(
                        ALICE.toString(), Fate.OWN, BOB.toString(), Fate.DELIVERED, CAROL.toString(), Fate.DELIVERED));
        host.publishMailbox(CAROL, "1@default", EID_B, 1, 1);
        host.scheduler.runAll();
        assertThat(fates(NodeType.MESSAGE_WAITING, "1@default", EID_A))
                .isEqualTo(Map.of(
                        ALICE.toString(),
                        Fate.OWN,
                        BOB.toString(),
                        Fate.SUPERSEDED,
                        CAROL.toString(),
                        Fate.SUPERSEDED));
        assertThat(fates(NodeType.MESSAGE_WAITING, "1@default", EID_B))
                .isEqualTo(Map.of(
                        ALICE.toString(), Fate.DELIVERED, BOB.toString(), Fate.DELIVERED, CAROL.toString(), Fate.OWN));
    }

    @Test
    void aDeviceIsNotSupersededByAMailboxOfItsName() {
        host.publishState(ALICE, "x", EID_A, "INUSE");
        host.publishMailbox(CAROL, "x", EID_B, 1, 1);
        host.scheduler.runAll();
        assertThat(fates(NodeType.DEVICE_STATE, "x", EID_A))
                .isEqualTo(Map.of(
                        ALICE.toString(), Fate.OWN, BOB.toString(), Fate.DELIVERED, CAROL.toString(), Fate.DELIVERED));
    }

    /** It receives notifications; only its own publishes meanwhile are lost. */
    @Test
    void aSubscriptionFromBeforeAnInterruptionIsNamedOnce() {
        host.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        host.scheduler.runAll();
        host.service.sessionRegistry().interrupt();
        assertThat(subscribers(NodeType.DEVICE_STATE, "PJSIP/1", EID_A))
                .extracting(Entries.EntrySubscriber::session, Entries.EntrySubscriber::fate)
                .containsExactlyInAnyOrder(
                        tuple(ALICE.toString(), Fate.OWN),
                        tuple(BOB.toString(), Fate.DELIVERED),
                        tuple(CAROL.toString(), Fate.DELIVERED));
    }

    private Map<String, Fate> fates(NodeType node, String id, String eid) {
        return subscribers(node, id, eid).stream()
                .collect(Collectors.toMap(Entries.EntrySubscriber::session, Entries.EntrySubscriber::fate));
    }

    private List<Entries.EntrySubscriber> subscribers(NodeType node, String id, String eid) {
        Entries entries = host.service.administration().entries();
        Eid sought = Objects.requireNonNull(Eid.parse(eid));
        return entries.of(node, id).stream()
                .filter(known -> known.entry().key().eid().equals(sought))
                .map(known -> entries.subscribers(known.entry()))
                .findFirst()
                .orElseThrow();
    }
}
