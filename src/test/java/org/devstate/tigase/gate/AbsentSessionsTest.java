// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

final class AbsentSessionsTest {

    private final ServiceFixture fixture = new ServiceFixture();
    private final Set<Jid> away = new HashSet<>();
    private final Map<Jid, Long> logins = new HashMap<>();
    private long lastLogin;
    private final AbsentSessions absent = new AbsentSessions(away::contains, this::login, fixture.scheduler);

    @Test
    void anAbsentSessionHasEnded() {
        begin();
        away.add(ALICE);
        sweep();
        assertThat(fixture.service.sessions()).containsExactlyInAnyOrder(ALICE, BOB);
        fixture.scheduler.advance(AbsentSessions.LOOK_AGAIN_MS);
        assertThat(fixture.service.sessions()).containsExactly(BOB);
        fixture.scheduler.runAll();
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(ServiceFixture.state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"));
    }

    @Test
    void anAbsentSessionThatOnlySubscribedHasEndedToo() {
        fixture.subscribe(BOB, "message_waiting");
        away.add(BOB);
        sweep();
        fixture.scheduler.runAll();
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @Test
    void aSessionThatIsBackAtTheSecondLookHasNotEnded() {
        begin();
        away.add(ALICE);
        sweep();
        away.clear();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).contains(ALICE);
    }

    @Test
    void theSuccessorOfALostSessionHasNotEnded() {
        begin();
        away.add(ALICE);
        sweep();
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).contains(ALICE);
    }

    @Test
    void anEndedSessionIsNotLookedAtAgain() {
        begin();
        away.add(ALICE);
        sweep();
        fixture.scheduler.runAll();
        away.clear();
        sweep();
        assertThat(fixture.service.sessions()).containsExactly(BOB);
    }

    @Test
    void aServerThatIsBackAtOnceAndDoesNotSubscribeHasEnded() {
        logIn(ALICE);
        request(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"));
        fixture.subscribeToAll(ALICE, BOB);
        absent.suspect(fixture.service, ALICE);
        logIn(ALICE);
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).containsExactly(BOB);
        assertThat(fixture.service.sessionRegistry().subscribed()).containsExactly(BOB);
        assertThat(fixture.sender.messagesTo(BOB))
                .containsExactly(ServiceFixture.state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aServerWhoseEndWasNotAnnouncedHasEndedIfItIsBackAndDoesNotSubscribe() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        logIn(ALICE);
        sweep();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).isEmpty();
    }

    @Test
    void aServerThatIsBackAtOnceHasEndedEvenIfItWasGoneBeforeItsLastRequestWasHandled() {
        fixture.subscribeToAll(ALICE);
        absent.suspect(fixture.service, ALICE);
        logIn(ALICE);
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).isEmpty();
    }

    @Test
    void aServerThatIsBackAtOnceAndSubscribesHasNotEnded() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        absent.suspect(fixture.service, ALICE);
        logIn(ALICE);
        request(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        sweep();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).containsExactly(ALICE);
    }

    @Test
    void aClientThatIsBackAtOnceAndSubscribesWithoutUnsubscribeHasNotEnded() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        absent.suspect(fixture.service, ALICE);
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        sweep();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).containsExactly(ALICE);
    }

    @Test
    void aClientThatIsBackAtOnceAndOnlyPublishesIsNotSubscribed() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        absent.suspect(fixture.service, ALICE);
        logIn(ALICE);
        request(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE"));
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).containsExactly(ALICE);
        assertThat(fixture.service.sessionRegistry().subscribed()).isEmpty();
    }

    @Test
    void aSessionThatSentUnavailablePresenceAndStaysHasNotEnded() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        absent.suspect(fixture.service, ALICE);
        sweep();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).containsExactly(ALICE);
    }

    /** As one whose stream is resumed (XEP-0198): its new connection has logged in nowhere. */
    @Test
    void aSessionWhoseLoginIsUnknownByNowHasNotEnded() {
        logIn(ALICE);
        request(ALICE, Stanzas.subscribe("device_state", ALICE.bare()));
        logins.clear();
        sweep();
        absent.suspect(fixture.service, ALICE);
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessionRegistry().subscribed()).containsExactly(ALICE);
    }

    private void begin() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
    }

    private void sweep() {
        absent.sweep(List.of(fixture.service));
    }

    private void logIn(Jid session) {
        logins.put(session, ++lastLogin);
    }

    private long login(Jid session) {
        return logins.getOrDefault(session, 0L);
    }

    private void request(Jid session, ElementView stanza) {
        absent.noteRequest(fixture.service, session, stanza);
        fixture.handle(session, stanza);
    }
}
