// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that was away learns what has ended meanwhile: its Asterisk shows what it received before for as long as it runs. */
final class DeviceStateServiceAwayTest {

    private static final String PARIS = "site paris\nservers alice@example.net\nreceive allow * *\n";
    private static final String BERLIN = "site berlin\nservers bob@example.net\npublish allow *\nreceive allow * *\n";
    private static final String OPEN = PARIS + "publish allow *\n" + BERLIN;
    private static final String SECRET = PARIS + "publish deny *\n" + BERLIN;
    private static final String DROPPED = PARIS + "publish drop *\n" + BERLIN;

    private final MemoryStore store = new MemoryStore();
    private ServiceFixture fixture = new ServiceFixture(change -> store.write(List.of(change)));

    @BeforeEach
    void bobHasReceivedAndIsAway() {
        fixture.setPolicy(OPEN);
        fixture.subscribeToAll(BOB);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 1);
        fixture.scheduler.runAll();
        fixture.service.sessionEnded(BOB);
        fixture.sender.clear();
    }

    private void assertThatBobLearnsThatBothHaveEnded() {
        fixture.subscribeNow(BOB);
        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), mailbox(BOB, "100@default", EID_A, 0, 0));

        fixture.sender.clear();
        fixture.scheduler.advance(600_000);
        fixture.service.sessionEnded(BOB);
        fixture.subscribeNow(BOB);
        assertThat(fixture.messagesTo(BOB)).as("a second time").isEmpty();
    }

    private void assertThatBobReceivesTheValues() {
        fixture.subscribeNow(BOB);
        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "INUSE"), mailbox(BOB, "100@default", EID_A, 2, 1));
    }

    @Test
    void aChangedPolicyForbidsThem() {
        fixture.setPolicy(SECRET);
        assertThatBobLearnsThatBothHaveEnded();
    }

    @Test
    void aRuleDropsThem() {
        fixture.setPolicy(DROPPED);
        assertThatBobLearnsThatBothHaveEnded();
    }

    @Test
    void theirServerIsPurged() {
        fixture.service.administration().servers().purge(ALICE.account());
        assertThatBobLearnsThatBothHaveEnded();
    }

    @Test
    void theyAreCleared() {
        fixture.service.administration().entries().clear(key(NodeType.DEVICE_STATE, "PJSIP/100"));
        fixture.service.administration().entries().clear(key(NodeType.MESSAGE_WAITING, "100@default"));
        assertThatBobLearnsThatBothHaveEnded();
    }

    private static ItemKey key(NodeType node, String id) {
        return new ItemKey(node, id, Objects.requireNonNull(Eid.parse(EID_A)));
    }

    @Test
    void theirServerDeletesThem() {
        for (String node : new String[] {"device_state", "message_waiting"}) {
            fixture.handle(
                    ALICE,
                    Stanzas.iq("set", "<pubsub xmlns='" + Stanzas.OWNER + "'><delete node='" + node + "'/></pubsub>"));
        }
        assertThatBobLearnsThatBothHaveEnded();
    }

    @Test
    void theirDeviceMakesRoomForAnotherOne() {
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.runAll();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.publishState(ALICE, "PJSIP/200", EID_A, "NOT_INUSE");
        fixture.subscribeNow(BOB);

        assertThat(fixture.messagesTo(BOB))
                .contains(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), state(BOB, "PJSIP/200", EID_A, "NOT_INUSE"));
    }

    @Test
    void theEndIsPendingWhenTheServerLogsInAgain() {
        fixture.subscribeNow(BOB);
        fixture.service.administration().servers().purge(ALICE.account());
        fixture.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        fixture.handle(BOB, Stanzas.unsubscribe("message_waiting", BOB.bare()));
        fixture.sender.clear();
        assertThatBobLearnsThatBothHaveEnded();
    }

    /** It has the offline state already, which nobody else need be told. */
    @Test
    void theDeviceIsClearedBeforeTheSnapshotHasCome() {
        List<String> devices = List.of("PJSIP/1", "PJSIP/2", "PJSIP/3", "PJSIP/4", "PJSIP/5");
        devices.forEach(device -> fixture.publishState(ALICE, device, EID_A, "NOT_INUSE"));
        fixture.service.sessionEnded(ALICE);
        fixture.scheduler.runAll();
        fixture.service.setLimits(Limits.DEFAULT.withSnapshotRate(100));
        fixture.subscribeNow(BOB);
        devices.forEach(device -> fixture.service.administration().entries().clear(key(NodeType.DEVICE_STATE, device)));

        assertThat(fixture.messagesTo(BOB))
                .contains(devices.stream()
                        .map(device -> state(BOB, device, EID_A, "UNAVAILABLE"))
                        .toArray(XmlElement[]::new));
    }

    @Test
    void aSessionThatUnsubscribesAndSubscribesAgainHasBeenAwayToo() {
        fixture.subscribeNow(BOB);
        fixture.scheduler.runAll();
        fixture.handle(BOB, Stanzas.unsubscribe("device_state", BOB.bare()));
        fixture.handle(BOB, Stanzas.unsubscribe("message_waiting", BOB.bare()));
        fixture.sender.clear();
        fixture.setPolicy(SECRET);
        assertThatBobLearnsThatBothHaveEnded();
    }

    @Test
    void anEntryPermittedAgainByThenHasNotEnded() {
        fixture.setPolicy(SECRET);
        fixture.setPolicy(OPEN);
        assertThatBobReceivesTheValues();
    }

    @Test
    void anEntryPublishedAgainByThenHasNotEnded() {
        fixture.service.administration().servers().purge(ALICE.account());
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 2, 1);
        assertThatBobReceivesTheValues();
    }

    @Test
    void aMailboxOfWhichAnotherEntryCountsHasNotEnded() {
        fixture.publishMailbox(ALICE, "100@default", EID_B, 0, 4);
        fixture.setPolicy(OPEN);
        fixture.service.administration().entries().clear(key(NodeType.MESSAGE_WAITING, "100@default"));
        fixture.subscribeNow(BOB);
        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/100", EID_A, "INUSE"), mailbox(BOB, "100@default", EID_B, 0, 4));
    }

    @Test
    void anEntryThatWasNeverPermittedIsNotNamed() {
        fixture.setPolicy(SECRET);
        fixture.subscribeNow(BOB);
        fixture.scheduler.runAll();
        fixture.service.sessionEnded(BOB);
        fixture.publishState(ALICE, "PJSIP/200", EID_A, "INUSE");
        fixture.sender.clear();
        fixture.service.administration().servers().purge(ALICE.account());
        fixture.subscribeNow(BOB);
        assertThat(fixture.messagesTo(BOB)).isNotEmpty().noneMatch(message -> message.toString()
                .contains("PJSIP/200"));
    }

    /** Bob has published, so that the service expects it back. */
    @Test
    void afterARestartTheServersOfBeforeAreAway() {
        fixture.publishState(BOB, "PJSIP/300", EID_B, "INUSE");
        fixture = new ServiceFixture(change -> store.write(List.of(change)));
        fixture.service.restore(store.load());
        fixture.service.awaitServers();
        fixture.setPolicy(SECRET);
        fixture.subscribeNow(BOB);

        assertThat(fixture.messagesTo(BOB))
                .contains(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"), mailbox(BOB, "100@default", EID_A, 0, 0));
    }

    @Test
    void afterARestartTheDeviceMakesRoomForAnotherOne() {
        fixture.publishState(BOB, "PJSIP/300", EID_B, "INUSE");
        fixture = new ServiceFixture(change -> store.write(List.of(change)));
        fixture.service.restore(store.load());
        fixture.service.awaitServers();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.publishState(ALICE, "PJSIP/200", EID_A, "NOT_INUSE");
        fixture.subscribeNow(BOB);

        assertThat(fixture.sender.messagesTo(BOB)).contains(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }
}
