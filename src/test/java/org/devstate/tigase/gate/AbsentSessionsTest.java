package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.HashSet;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

final class AbsentSessionsTest {

    private final ServiceFixture fixture = new ServiceFixture();
    private final Set<Jid> away = new HashSet<>();
    private final AbsentSessions absent = new AbsentSessions(away::contains, fixture.scheduler);

    @Test
    void anAbsentSessionHasEnded() {
        begin();
        away.add(ALICE);
        absent.sweep(fixture.service);
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
        absent.sweep(fixture.service);
        fixture.scheduler.runAll();
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @Test
    void aSessionThatIsBackAtTheSecondLookHasNotEnded() {
        begin();
        away.add(ALICE);
        absent.sweep(fixture.service);
        away.clear();
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).contains(ALICE);
    }

    @Test
    void theSuccessorOfALostSessionHasNotEnded() {
        begin();
        away.add(ALICE);
        absent.sweep(fixture.service);
        fixture.handle(ALICE, Stanzas.unsubscribe("device_state", ALICE.bare()));
        fixture.scheduler.runAll();
        assertThat(fixture.service.sessions()).contains(ALICE);
    }

    @Test
    void anEndedSessionIsNotLookedAtAgain() {
        begin();
        away.add(ALICE);
        absent.sweep(fixture.service);
        fixture.scheduler.runAll();
        away.clear();
        absent.sweep(fixture.service);
        assertThat(fixture.service.sessions()).containsExactly(BOB);
    }

    private void begin() {
        fixture.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
    }
}
