// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;

import org.devstate.core.model.Jid;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/**
 * Notifications that a subscriber does not receive because it has the same or a newer value, and those that it receives all the same.
 */
final class DeviceStateServiceCoalescingTest {

    private static final Jid ALICE_TOO = Jid.of("alice@example.net/second");
    private static final String DEVICE = "PJSIP/100";

    private final ServiceFixture fixture = new ServiceFixture();

    private void publish(String... states) {
        for (String state : states) {
            fixture.publishState(ALICE, DEVICE, EID_A, state);
        }
    }

    @Test
    void aStateThatChangesBackWithinTheWindowIsSentOnce() {
        fixture.subscribeToAll(BOB);
        publish("INUSE", "RINGING", "INUSE");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, DEVICE, EID_A, "INUSE"));
        assertThat(fixture.service.status().queues().coalesced()).isEqualTo(2);
    }

    /** Earlier notifications may be lost: that is why the host asks. */
    @Test
    void aStateThatChangesBackIsSentAgainAfterAResynchronization() {
        fixture.subscribeToAll(BOB);
        publish("INUSE", "RINGING");
        fixture.service.resynchronize();
        publish("INUSE");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(state(BOB, DEVICE, EID_A, "INUSE"), state(BOB, DEVICE, EID_A, "INUSE"));
    }

    @Test
    void aStateThatChangesBackAfterANonCachableOneIsSentAgain() {
        fixture.subscribeToAll(BOB);
        publish("INUSE");
        fixture.handle(ALICE, Stanzas.publishNonCachable(DEVICE, EID_A, "RINGING"));
        publish("INUSE");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(
                        state(BOB, DEVICE, EID_A, "INUSE"),
                        Stanzas.nonCachableMessage(SERVICE, BOB, DEVICE, EID_A, "RINGING"),
                        state(BOB, DEVICE, EID_A, "INUSE"));
    }

    /** Found by {@code ServiceAgainstModelTest}: two sessions publish for one server. */
    @Test
    void afterItsOwnPublishASessionReceivesNoOlderState() {
        fixture.subscribeToAll(ALICE_TOO, BOB);
        publish("INUSE", "RINGING");
        fixture.publishState(ALICE_TOO, DEVICE, EID_A, "BUSY");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(ALICE_TOO)).containsExactly(state(ALICE_TOO, DEVICE, EID_A, "INUSE"));
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(state(BOB, DEVICE, EID_A, "INUSE"), state(BOB, DEVICE, EID_A, "BUSY"));
    }

    @Test
    void afterItsOwnPublishASessionReceivesTheFormerStateAgain() {
        fixture.subscribeToAll(ALICE_TOO);
        publish("INUSE");
        fixture.publishState(ALICE_TOO, DEVICE, EID_A, "BUSY");
        publish("INUSE");
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(ALICE_TOO))
                .containsExactly(state(ALICE_TOO, DEVICE, EID_A, "INUSE"), state(ALICE_TOO, DEVICE, EID_A, "INUSE"));
    }

    /** Found by {@code ServiceAgainstModelTest}: a subscription of one node was counted for both. */
    @Test
    void aSnapshotIsCountedForEachSubscription() {
        fixture.subscribe(BOB, "device_state");
        fixture.subscribe(CAROL, "message_waiting");
        fixture.service.resynchronize();
        assertThat(fixture.service.status().counters().get(Counter.SNAPSHOTS)).isEqualTo(4);
    }
}
