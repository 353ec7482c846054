// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** After a restart of the service no lamp stays lit by a server that has gone. */
final class DeviceStateServiceAwaitTest {

    private static final long GRACE_MS = LeaseTerms.DEFAULT.graceMs();

    private final MemoryStore store = new MemoryStore();
    private final List<Change> written = new ArrayList<>();
    private ServiceFixture fixture = start();

    private ServiceFixture start() {
        ServiceFixture started = new ServiceFixture(change -> {
            store.write(List.of(change));
            written.add(change);
        });
        started.service.restore(store.load());
        return started;
    }

    /** All that is not in the store is lost. */
    private void restart() {
        fixture = start();
        fixture.service.awaitServers();
        written.clear();
    }

    private void connect(Jid server, String... devices) {
        for (String node : List.of("device_state", "message_waiting")) {
            fixture.handle(server, Stanzas.unsubscribe(node, server.bare()));
        }
        for (String device : devices) {
            fixture.publishState(server, device, EID_A, "INUSE");
        }
        fixture.subscribe(server, "device_state");
        fixture.subscribe(server, "message_waiting");
    }

    @Test
    void awaitedDevicesTakeTheOfflineStateAfterTheGracePeriod() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        restart();
        fixture.subscribeNow(BOB);
        fixture.scheduler.advance(GRACE_MS - 1);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        fixture.scheduler.advance(1);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));

        fixture.sender.clear();
        fixture.subscribeNow(CAROL);
        assertThat(fixture.sender.messagesTo(CAROL))
                .as("a subscriber that was away meanwhile")
                .containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void awaitedDevicesAreInNoSnapshotAndNoAnswer() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        restart();
        fixture.subscribeNow(BOB);

        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        assertThat(fixture.service.status().entries()).isZero();
        assertThat(fixture.service.status().awaited()).isOne();
        assertThat(fixture.ask(BOB, Stanzas.items("device_state")).toString()).doesNotContain("PJSIP/100");
        assertThat(fixture.service.administration().entries().awaited("PJSIP/100"))
                .singleElement()
                .extracting(entry -> entry.publisher().bare())
                .isEqualTo(ALICE.bare());
    }

    @Test
    void aDeviceThatIsPublishedAgainIsDeliveredAndStays() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        restart();
        fixture.subscribeNow(BOB);
        connect(ALICE, "PJSIP/100");

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        assertThat(fixture.service.status().awaited()).isZero();
        assertThat(written).as("its name is persisted already").noneMatch(Change.Device.class::isInstance);
    }

    /** An Asterisk with an empty astdb never names its custom devices again. */
    @Test
    void devicesThatAReturningServerDoesNotRepeatTakeTheOfflineStateAtOnce() {
        fixture.publishState(ALICE, "Custom:lost", EID_A, "BUSY");
        fixture.publishState(ALICE, "Custom:kept", EID_A, "INUSE");
        fixture.publishState(ALICE, "Custom:other", EID_B, "INUSE");
        restart();
        fixture.subscribeNow(BOB);
        connect(ALICE, "Custom:kept");

        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "Custom:kept", EID_A, "INUSE"),
                        state(BOB, "Custom:lost", EID_A, "UNAVAILABLE"),
                        state(BOB, "Custom:other", EID_B, "UNAVAILABLE"));
    }

    /** Not even its EID is published then; its session identifies it. */
    @Test
    void aServerThatComesBackWithoutDevicesHasLostAll() {
        fixture.publishState(ALICE, "Custom:lost", EID_A, "BUSY");
        restart();
        fixture.subscribeNow(BOB);
        connect(ALICE);

        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "Custom:lost", EID_A, "UNAVAILABLE"));
    }

    @Test
    void eachOfTwoServersOfOneAccountHasItsOwnLease() {
        Jid other = new Jid(ALICE.bare(), "other");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.publishState(other, "PJSIP/2", EID_B, "BUSY");
        restart();
        fixture.subscribeNow(BOB);
        connect(ALICE);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"));

        fixture.sender.clear();
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/2", EID_B, "UNAVAILABLE"));
    }

    @Test
    void aServerThatIsPublishingWhenTheGraceIsOverFinishes() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        restart();
        fixture.subscribeNow(BOB);
        fixture.scheduler.advance(GRACE_MS - 1);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.scheduler.advance(1_000);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID_A, "INUSE"));

        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.sender.messagesTo(BOB)).contains(state(BOB, "PJSIP/2", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aServerThatGoesAgainBeforeItHasRepeatedAllLeavesNothingBehind() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");
        restart();
        fixture.subscribeNow(BOB);
        fixture.scheduler.advance(GRACE_MS - 1);
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.service.sessionEnded(ALICE);

        assertThat(fixture.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/1", EID_A, "INUSE"),
                        state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"),
                        state(BOB, "PJSIP/2", EID_A, "UNAVAILABLE"));
    }

    @Test
    void awaitedDevicesOutliveFurtherRestarts() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        restart();
        fixture.scheduler.advance(GRACE_MS);
        restart();
        fixture.scheduler.advance(GRACE_MS);
        restart();
        fixture.scheduler.advance(GRACE_MS);
        fixture.subscribeNow(BOB);

        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void theGracePeriodIsTheSitesAndBeginsWhenServersCanComeBack() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        fixture.publishState(BOB, "PJSIP/200", EID_B, "BUSY");
        fixture = start();
        fixture.setPolicy(
                """
                site one
                  servers alice@example.net
                  grace 5 s
                  offline-state UNKNOWN
                  publish allow *
                  receive allow * *
                site two
                  servers *@example.net
                  grace 60 s
                  publish allow *
                  receive allow * *
                """);
        fixture.subscribeNow(CAROL);
        fixture.scheduler.advance(100_000);
        assertThat(fixture.sender.messagesTo(CAROL)).isEmpty();

        fixture.service.awaitServers();
        fixture.scheduler.advance(5_000);
        assertThat(fixture.sender.messagesTo(CAROL)).containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNKNOWN"));
        fixture.scheduler.advance(55_000);
        assertThat(fixture.sender.messagesTo(CAROL)).contains(state(CAROL, "PJSIP/200", EID_B, "UNAVAILABLE"));
    }

    @Test
    void ifStatesStayNothingIsSentAndTheNamesAreForgotten() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        store.write(List.of(new Change.PolicyText(
                "site all\n servers *@example.net\n offline-state keep\n publish allow *\n receive allow * *")));
        restart();
        fixture.subscribeNow(BOB);

        assertThat(fixture.messagesTo(BOB)).isEmpty();
        assertThat(fixture.service.status().awaited()).isZero();
        assertThat(store.load().devices()).isEmpty();
    }

    @Test
    void awaitedDevicesCountAgainstTheLimitAndMakeRoomForNewOnes() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        restart();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1));
        fixture.subscribeNow(BOB);
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "INUSE");

        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactlyInAnyOrder(
                        state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"), state(BOB, "PJSIP/2", EID_A, "INUSE"));
        assertThat(store.load().devices())
                .extracting(device -> device.key().id())
                .containsExactly("PJSIP/2");
    }

    /**
     * The publish is rejected, because there are more devices than the limit allows by now. The end of the entry that made room is sent
     * all the same.
     */
    @Test
    void theEndOfARemovedEntryIsSentAlthoughThePublishIsRejected() {
        for (int i = 0; i < 200; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, EID_A, "BUSY");
        }
        restart();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(1));
        fixture.subscribeNow(BOB);
        fixture.publishState(ALICE, "PJSIP/new", EID_A, "INUSE");

        assertThat(fixture.service.status().awaited()).isLessThan(200);
        assertThat(fixture.sender.messagesTo(BOB))
                .hasSize(200 - fixture.service.status().awaited());
    }

    @Test
    void entriesEndedByANonCachableStateMakeRoomForNewOnes() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "BUSY");
        restart();
        fixture.service.setLimits(Limits.DEFAULT.withEntriesPerAccount(2));
        fixture.publishState(ALICE, "PJSIP/3", EID_A, "INUSE");
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/1", EID_A, "NOT_INUSE"));
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/2", EID_A, "NOT_INUSE"));

        assertThat(fixture.ask(ALICE, Stanzas.publishState("PJSIP/4", EID_A, "INUSE"))
                        .attribute("type"))
                .isEqualTo("result");
    }

    @Test
    void aRemovedDeviceIsRemovedFromTheStore() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "BUSY");
        fixture.publishState(ALICE, "PJSIP/3", EID_A, "BUSY");
        assertThat(store.load().devices()).hasSize(3);
        fixture.service.administration().entries().clear(key("PJSIP/1"));
        assertThat(store.load().devices()).hasSize(2);
        restart();
        fixture.subscribeNow(BOB);
        fixture.service.administration().entries().clear(key("PJSIP/2"));
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/2", EID_A, "UNAVAILABLE"));
        assertThat(fixture.service.administration().servers().purge(ALICE.account()))
                .isOne();

        assertThat(store.load().devices()).isEmpty();
        assertThat(fixture.sender.messagesTo(BOB)).contains(state(BOB, "PJSIP/3", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aSubscriberThatMayNoLongerReceiveAnAwaitedDeviceReceivesItsEnd() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        restart();
        fixture.subscribeNow(BOB);
        fixture.admit(BOB.bare());

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aNonCachableStateEndsAnAwaitedDevice() {
        fixture.publishState(ALICE, "DAHDI/1", EID_A, "INUSE");
        restart();
        fixture.subscribeNow(BOB);
        fixture.handle(ALICE, Stanzas.publishNonCachable("DAHDI/1", EID_A, "NOT_INUSE"));

        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(
                        Stanzas.nonCachableMessage(ServiceFixture.SERVICE, BOB, "DAHDI/1", EID_A, "NOT_INUSE"),
                        state(BOB, "DAHDI/1", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aPublishThatRepeatsANameWritesNothing() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        written.clear();
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        connect(ALICE, "PJSIP/1");

        assertThat(written).isEmpty();
    }

    @Test
    void aDeviceWhoseNameIsNoLongerAcceptedIsRemovedInsteadOfAwaited() {
        Change.Device odd = new Change.Device(key("a<b"), ALICE.account());
        store.write(List.of(odd));
        restart();

        assertThat(fixture.service.status().awaited()).isZero();
        assertThat(store.load()).isEqualTo(Contents.NONE);
    }

    @Test
    void theLogCountsAwaitedDevicesAndNamesServersThatHaveNotComeBack() {
        RecordingOperatorLog log = new RecordingOperatorLog();
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        fixture.publishState(ALICE, "PJSIP/2", EID_A, "BUSY");
        fixture.publishState(BOB, "PJSIP/1", EID_B, "BUSY");
        fixture = start();
        fixture.service.setOperatorLog(log);
        fixture.service.awaitServers();
        connect(BOB);
        fixture.scheduler.advance(GRACE_MS + 1_000);

        assertThat(log.happened())
                .contains(
                        "pubsub.example.net: 2 servers published 3 devices before the restart and may come back within 30 s",
                        "pubsub.example.net: site default: alice@example.net has not published 2 devices since the restart:"
                                + " now UNAVAILABLE")
                .noneMatch(line -> line.contains("bob@example.net has not"));
    }

    private static ItemKey key(String device) {
        return new ItemKey(NodeType.DEVICE_STATE, device, Objects.requireNonNull(Eid.parse(EID_A)));
    }

    @Test
    void anAwaitedDeviceCanBeSetByHand() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "BUSY");
        restart();
        fixture.subscribeNow(BOB);
        fixture.service.administration().entries().set(key("PJSIP/1"), DeviceState.INUSE, AdminFixture.ADMIN.account());

        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", EID_A, "INUSE"));
    }
}
