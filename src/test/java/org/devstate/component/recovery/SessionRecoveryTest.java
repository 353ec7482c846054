// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.SessionEnder;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a service whose subscriptions are from before, if a test needs that. */
final class SessionRecoveryTest implements SessionEnder {

    private static final XmlElement ASTERISK = Xml.parse(
            "<presence xmlns='jabber:client'>"
                    + "<c xmlns='http://jabber.org/protocol/caps' node='http://www.asterisk.org/xmpp/client/caps'/></presence>");
    private static final XmlElement OTHER = Xml.parse("<presence xmlns='jabber:client'/>");
    private static final XmlElement ANSWER = Xml.parse(
            "<iq xmlns='jabber:client' type='result'>"
                    + "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' name='asterisk'/></query></iq>");
    private static final EndOutcome FORBIDDEN = new EndOutcome.NotEnded("example.net does not end sessions: forbidden");

    private final List<Change> kept = new ArrayList<>();
    private final ServiceFixture fixture = new ServiceFixture(kept::add);
    private final SessionRegistry sessionRegistry = fixture.service.sessionRegistry();
    private final SessionSigns signs = new SessionSigns(fixture.service::admits);
    private final List<Jid> ended = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final RecordingOperatorLog events = new RecordingOperatorLog();
    private final SessionRecovery recovery = new SessionRecovery(sessionRegistry, signs, this, fixture.clock, log::add);
    private EndOutcome outcome = new EndOutcome.Ended();

    @BeforeEach
    void connect() {
        fixture.service.setOperatorLog(events);
        sessionRegistry.persist();
        sessionRegistry.setConnected(signs::connected);
        recovery.connected();
    }

    @Override
    public void end(Collection<Jid> sessions, EndListener done) {
        ended.addAll(sessions);
        done.ended(outcome);
    }

    private void pass(long ms) {
        for (long i = 0; i < ms; i += SessionRecovery.TICK_MS) {
            fixture.scheduler.advance(SessionRecovery.TICK_MS);
            recovery.tick();
        }
    }

    private void restore(Jid... sessions) {
        List<Change.Subscription> before = new ArrayList<>();
        for (Jid session : sessions) {
            for (NodeType node : NodeType.values()) {
                before.add(new Change.Subscription(session, node, ServiceFixture.SERVICE));
            }
        }
        fixture.service.restore(new Contents(
                List.of(),
                new Contents.PersistedEntries(List.of(), List.of()),
                new Contents.PersistedSessions(List.of(), before),
                null));
    }

    @Test
    void anAsteriskThatIsAvailableAndNotSubscribedIsEndedOnce() {
        signs.presence(ALICE, ASTERISK);
        pass(1_000);
        assertThat(ended).containsExactly(ALICE);
        pass(600_000);
        assertThat(ended).containsExactly(ALICE);
    }

    @Test
    void aSessionThatSubscribesInTimeIsNotEnded() {
        signs.presence(ALICE, ASTERISK);
        recovery.tick();
        fixture.subscribe(ALICE, "device_state");
        pass(10_000);
        assertThat(ended).isEmpty();
    }

    @Test
    void otherClientsAreLeftAlone() {
        signs.presence(ALICE, OTHER);
        fixture.publishState(BOB, "PJSIP/1", Stanzas.EID_B, "INUSE");
        pass(10_000);
        assertThat(ended).isEmpty();
    }

    @Test
    void anAccountThatIsNotAdmittedIsLeftAlone() {
        signs.presence(MALLORY, ASTERISK);
        pass(10_000);
        assertThat(ended).isEmpty();
    }

    /** With {@code autoregister=no} it does not share its presence. */
    @Test
    void anAsteriskThatOnlyAnswersIsEndedToo() {
        fixture.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        signs.answer(ALICE, ANSWER);
        pass(1_000);
        assertThat(ended).containsExactly(ALICE);
    }

    /** It publishes all that it knows before it subscribes, which may take long. */
    @Test
    void anAsteriskThatIsLoggingInIsNotEnded() {
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        signs.answer(ALICE, ANSWER);
        for (int i = 0; i < 100; i++) {
            fixture.publishState(ALICE, "PJSIP/" + i, Stanzas.EID_A, "INUSE");
            pass(1_000);
        }
        assertThat(ended).isEmpty();
        assertThat(events.warned()).isEmpty();
    }

    @Test
    void afterAnInterruptionSessionsAreEndedThatHaveNotSubscribedSince() {
        fixture.subscribeToAll(ALICE, BOB, CAROL);
        sessionRegistry.interrupt();
        signs.clear();
        recovery.connected();
        pass(5_000);
        assertThat(ended).isEmpty(); // no session has been seen yet

        signs.presence(ALICE, ASTERISK);
        fixture.subscribe(BOB, "device_state");
        signs.presence(BOB, ASTERISK);
        signs.presence(CAROL, OTHER);
        pass(5_000);
        assertThat(ended).containsExactly(ALICE);
    }

    @Test
    void aSessionThatComesBackAndDoesNotSubscribeIsNamedOnceWithTheRemedy() {
        signs.presence(ALICE, ASTERISK);
        pass(1_000);
        fixture.service.sessionEnded(ALICE);
        signs.ended(ALICE);
        signs.presence(ALICE, ASTERISK);
        pass(SessionRecovery.RETURN_MS + 1_000);
        assertThat(events.warned())
                .singleElement()
                .asString()
                .contains(
                        ALICE.toString(),
                        "connected but not subscribed",
                        "distribute_events=yes",
                        "core restart when convenient");
        pass(600_000);
        assertThat(events.warned()).isEmpty();
        assertThat(ended).containsExactly(ALICE);
    }

    @Test
    void ifSessionsMayNotBeEndedFormerSubscriptionsAreResumedAndNamed() {
        outcome = FORBIDDEN;
        fixture.publishState(CAROL, "PJSIP/1", Stanzas.EID_B, "INUSE");
        restore(ALICE, BOB);
        fixture.sender.clear();
        signs.presence(ALICE, ASTERISK);
        pass(1_500);

        assertThat(fixture.sender.messagesTo(ALICE)).containsExactly(state(ALICE, "PJSIP/1", Stanzas.EID_B, "INUSE"));
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty(); // it is not there
        assertThat(sessionRegistry.hasSubscription(ALICE)).isTrue();
        assertThat(sessionRegistry.isSubscribed(ALICE)).isFalse();
        assertThat(sessionRegistry.unsubscribed()).contains(ALICE);
        assertThat(log).containsExactly("example.net does not end sessions: forbidden");
        assertThat(events.warned())
                .singleElement()
                .asString()
                .contains(ALICE.toString(), "connected but not subscribed", "is lost", "devstatectl reconnect");
        fixture.subscribe(ALICE, "device_state");
        assertThat(sessionRegistry.isSubscribed(ALICE)).isTrue();
    }

    @Test
    void aSubscriberThatIsNoAsteriskIsResumedWithoutBeingEnded() {
        restore(BOB);
        fixture.publishState(CAROL, "PJSIP/1", Stanzas.EID_B, "INUSE");
        fixture.sender.clear();
        signs.presence(BOB, OTHER);
        pass(1_000);
        assertThat(ended).isEmpty();
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(state(BOB, "PJSIP/1", Stanzas.EID_B, "INUSE"));
    }

    @Test
    void subscriptionsOfSessionsThatHaveEndedAreForgotten() {
        restore(ALICE);
        kept.clear();
        sessionRegistry.forget(ALICE);
        assertThat(kept)
                .containsExactlyInAnyOrder(
                        new Change.SubscriptionGone(ALICE, NodeType.DEVICE_STATE),
                        new Change.SubscriptionGone(ALICE, NodeType.MESSAGE_WAITING));
        signs.presence(ALICE, OTHER);
        pass(1_000);
        assertThat(sessionRegistry.hasSubscription(ALICE)).isFalse();
    }

    @Test
    void subscriptionsArePersistedAndSoIsTheirEnd() {
        fixture.subscribe(ALICE, "device_state");
        fixture.service.sessionEnded(ALICE);
        assertThat(kept)
                .containsSubsequence(
                        new Change.Subscription(ALICE, NodeType.DEVICE_STATE, ServiceFixture.SERVICE),
                        new Change.SubscriptionGone(ALICE, NodeType.DEVICE_STATE));
    }

    @Test
    void manySessionsAreEndedInPortions() {
        List<Jid> all = IntStream.range(0, 120)
                .mapToObj(i -> Jid.of("pbx" + i + "@example.net/asterisk"))
                .toList();
        all.forEach(session -> signs.presence(session, ASTERISK));
        pass(SessionRecovery.TICK_MS);
        assertThat(ended).isEmpty();
        pass(SessionRecovery.TICK_MS);
        assertThat(ended).hasSize(SessionRecovery.MOST);
        pass(2 * SessionRecovery.TICK_MS);
        assertThat(ended).containsExactlyInAnyOrderElementsOf(all);
    }

    /** As an account whose resource is another after each login. */
    @Test
    void anAccountIsNotEndedAgainAndAgainUnderOtherNames() {
        for (int i = 0; i < 100; i++) {
            Jid session = Jid.of("alice@example.net/r" + i);
            signs.presence(session, ASTERISK);
            pass(1_000);
            signs.ended(session);
        }
        assertThat(ended).hasSize(SessionRecovery.MOST_OF_ACCOUNT);
    }

    @Test
    void anAsteriskThatNeverSubscribesIsNamedAfterAMinute() {
        fixture.publishState(ALICE, "PJSIP/1", Stanzas.EID_A, "INUSE");
        signs.presence(BOB, OTHER);
        for (int i = 0; i < 59; i++) {
            fixture.scheduler.advance(1_000);
            sessionRegistry.check();
        }
        assertThat(events.warned()).isEmpty();
        for (int i = 0; i < 600; i++) {
            fixture.scheduler.advance(1_000);
            sessionRegistry.check();
        }
        assertThat(events.warned())
                .singleElement()
                .asString()
                .contains("alice@example.net/asterisk is connected but not subscribed", "distribute_events=yes");
    }
}
