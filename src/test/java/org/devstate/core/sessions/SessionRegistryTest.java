// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;
import org.devstate.core.spi.SessionEnder.EndOutcome;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.Change;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions from before a restart, and sessions that are connected but not subscribed. */
final class SessionRegistryTest {

    private static final long MINUTE_MS = 60_000;

    private final MemoryStore store = new MemoryStore();
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private ServiceFixture fixture = new ServiceFixture(change -> store.write(List.of(change)));

    @BeforeEach
    void aliceIsAnAccountOfItsOwn() {
        fixture.admit("alice@example.net", "bob@example.net");
        fixture.service.setOperatorLog(log);
    }

    private SessionRegistry registry() {
        return fixture.service.sessionRegistry();
    }

    private void restart() {
        fixture = new ServiceFixture(change -> store.write(List.of(change)));
        fixture.service.restore(store.load());
        registry().persist();
    }

    private List<String> warned() {
        fixture.scheduler.advance(0);
        return log.warned();
    }

    private List<Change.Subscription> persisted() {
        return store.load().subscriptions();
    }

    private static Change.Subscription subscription(Jid session, NodeType node) {
        return new Change.Subscription(session, node, SERVICE);
    }

    @Test
    void subscriptionsArePersistedOnlyForAHostThatWantsIt() {
        fixture.subscribe(ALICE, "device_state");
        assertThat(persisted()).isEmpty();
        registry().persist();
        fixture.subscribe(ALICE, "message_waiting");
        assertThat(persisted()).containsExactly(subscription(ALICE, NodeType.MESSAGE_WAITING));
    }

    @Test
    void aSubscriptionThatEndsIsNotPersistedAnyMore() {
        registry().persist();
        fixture.subscribeNow(ALICE);
        fixture.handle(ALICE, Stanzas.unsubscribe("message_waiting", ALICE.bare()));
        assertThat(persisted()).containsExactly(subscription(ALICE, NodeType.DEVICE_STATE));
        fixture.service.sessionEnded(ALICE);
        assertThat(persisted()).isEmpty();
    }

    @Test
    void aSubscriptionFromBeforeARestartIsResumedOnceWithASnapshot() {
        registry().persist();
        fixture.subscribe(BOB, "device_state");
        restart();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.sender.clear();

        assertThat(registry().persisted()).containsExactly(BOB);
        assertThat(registry().resume(BOB)).isTrue();
        assertThat(registry().persisted()).isEmpty();
        assertThat(registry().hasSubscription(BOB)).isTrue();
        assertThat(registry().isSubscribed(BOB))
                .as("its publishes meanwhile are lost")
                .isFalse();
        assertThat(registry().unsubscribed()).contains(BOB);
        assertThat(registry().isSubscribed(BOB, NodeType.MESSAGE_WAITING)).isFalse();
        assertThat(fixture.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/100", EID_A, "INUSE"));
        assertThat(registry().resume(BOB)).isFalse();

        fixture.subscribe(BOB, "device_state");
        assertThat(registry().isSubscribed(BOB)).isTrue();
        assertThat(registry().subscribed()).containsExactly(BOB);
    }

    @Test
    void aSessionThatHasSubscribedByItselfIsNotResumed() {
        registry().persist();
        fixture.subscribe(BOB, "device_state");
        restart();
        fixture.subscribe(BOB, "message_waiting");
        assertThat(registry().resume(BOB)).isFalse();
        assertThat(registry().isSubscribed(BOB, NodeType.DEVICE_STATE)).isFalse();
    }

    @Test
    void aSessionThatHasEndedSinceTheRestartIsForgotten() {
        registry().persist();
        fixture.subscribeNow(BOB);
        restart();
        registry().forget(BOB);
        assertThat(registry().persisted()).isEmpty();
        assertThat(persisted()).isEmpty();
        assertThat(registry().resume(BOB)).isFalse();
    }

    @Test
    void aSessionThatIsReplacedIsNotSubscribedAndItsEntriesStay() {
        registry().persist();
        fixture.subscribeToAll(ALICE, BOB);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.scheduler.runAll();
        fixture.sender.clear();

        fixture.service.sessionReplaced(ALICE);
        assertThat(registry().hasSubscription(ALICE)).isFalse();
        assertThat(persisted())
                .containsExactlyInAnyOrder(
                        subscription(BOB, NodeType.DEVICE_STATE), subscription(BOB, NodeType.MESSAGE_WAITING));
        assertThat(fixture.service.sessions()).contains(ALICE);
        assertThat(fixture.messagesTo(BOB)).isEmpty();
    }

    @Test
    void aReplacedSessionIsNeitherInterruptedNorStarting() {
        fixture.subscribeToAll(ALICE);
        registry().interrupt();
        fixture.service.sessionReplaced(ALICE);
        fixture.subscribe(ALICE, "message_waiting");
        assertThat(registry().isSubscribed(ALICE)).isTrue();
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        fixture.service.sessionReplaced(ALICE);
        assertThat(registry().isStarting(ALICE)).isFalse();
    }

    @Test
    void aSessionIsStartingBetweenItsUnsubscribeAndItsSubscribe() {
        assertThat(registry().isStarting(ALICE)).isFalse();
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        assertThat(registry().isStarting(ALICE)).isTrue();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(registry().isStarting(ALICE)).isTrue();
        fixture.subscribe(ALICE, "device_state");
        assertThat(registry().isStarting(ALICE)).isFalse();
    }

    @Test
    void aServerThatIsConnectedButNotSubscribedIsLoggedOnceAfterAMinute() {
        registry().setConnected(() -> List.of(ALICE));
        registry().check();
        fixture.scheduler.advance(MINUTE_MS - 1);
        registry().check();
        assertThat(warned()).isEmpty();
        fixture.scheduler.advance(1);
        registry().check();
        assertThat(warned())
                .singleElement()
                .asString()
                .contains(ALICE + " is connected but not subscribed: if it is an Asterisk, set distribute_events=yes");
        fixture.scheduler.advance(MINUTE_MS);
        registry().check();
        assertThat(warned()).isEmpty();
    }

    @Test
    void aServerThatIsStartingIsNotLogged() {
        registry().setConnected(() -> List.of(ALICE, BOB));
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        registry().check();
        fixture.scheduler.advance(MINUTE_MS);
        registry().check();
        assertThat(warned()).singleElement().asString().contains(BOB + " is connected but not subscribed");
    }

    @Test
    void anAccountIsWarnedOfOnce() {
        registry().warn(ALICE, "restart it");
        registry().warn(ALICE, "restart it");
        assertThat(warned())
                .singleElement()
                .asString()
                .endsWith(ALICE + " is connected but not subscribed: restart it");
    }

    @Test
    void aHostThatCannotEndSessionsReportsThat() {
        List<EndOutcome> outcomes = new ArrayList<>();
        registry().end(List.of(ALICE), outcomes::add);
        assertThat(outcomes).containsExactly(new EndOutcome.NotEnded("This service cannot end sessions."));
    }

    @Test
    void sessionsAreEndedByTheHost() {
        List<Jid> ended = new ArrayList<>();
        registry().setEnder((sessions, done) -> ended.addAll(sessions));
        registry().end(List.of(ALICE, BOB), outcome -> {});
        assertThat(ended).containsExactly(ALICE, BOB);
    }

    /** The counter has the sessions that came back within their grace period, by whichever request they show it. */
    @Test
    void aSessionThatSubscribesInItsGracePeriodHasReturned() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribe(ALICE, "device_state");
        fixture.service.sessionEnded(ALICE);
        fixture.subscribe(ALICE, "device_state");
        assertThat(returned()).isEqualTo(1);
        fixture.service.sessionEnded(ALICE);
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        assertThat(returned()).isEqualTo(2);
        fixture.subscribe(ALICE, "device_state");
        assertThat(returned()).isEqualTo(2);
    }

    private long returned() {
        return fixture.service.status().counters().get(Counter.SESSIONS_RETURNED);
    }

    @Test
    void aSubscriptionBeyondTheLimitIsNotPersisted() {
        registry().persist();
        fixture.service.setLimits(Limits.DEFAULT.withSubscriptionsPerAccount(2));
        Jid second = Jid.of("alice@example.net/second");
        fixture.subscribeNow(ALICE);
        fixture.subscribeNow(second);
        assertThat(persisted())
                .containsExactly(
                        subscription(ALICE, NodeType.DEVICE_STATE), subscription(ALICE, NodeType.MESSAGE_WAITING));
        assertThat(registry().hasSubscription(second)).isFalse();
    }
}
