// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.Arrays;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** Rule 9 if sessions of one server overlap, or the host learns late of their end. Found by {@code ServiceAgainstModelTest}. */
final class DeviceStateServiceTakeoverTest {

    private static final long GRACE_MS = LeaseTerms.DEFAULT.graceMs();
    private static final Jid NEWER = Jid.of("alice@example.net/second");

    private final ServiceFixture fixture = new ServiceFixture();

    private void begin(Jid session) {
        fixture.handle(session, Stanzas.unsubscribe("device_state", session.bare()));
    }

    private void end(Jid session) {
        fixture.service.sessionEnded(session);
    }

    private XmlElement[] unavailable(String... devices) {
        return Arrays.stream(devices)
                .map(device -> state(BOB, device, EID_A, "UNAVAILABLE"))
                .toArray(XmlElement[]::new);
    }

    @Test
    void anOlderSessionDoesNotTakeTheLeaseFromANewerOne() {
        begin(ALICE);
        begin(NEWER);
        fixture.publishState(NEWER, "PJSIP/101", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        end(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        end(NEWER);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactlyInAnyOrder(unavailable("PJSIP/100", "PJSIP/101"));
    }

    @Test
    void aLatePublishOfANewerSessionDoesNotTakeTheLeaseFromAPresentOne() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        begin(NEWER);
        end(NEWER);
        fixture.publishState(NEWER, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        end(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(unavailable("PJSIP/100"));
    }

    @Test
    void aPresentSessionTakesTheLeaseFromANewerOneThatHasGone() {
        begin(ALICE);
        begin(NEWER);
        fixture.publishState(NEWER, "PJSIP/101", EID_A, "INUSE");
        end(NEWER);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
        fixture.subscribe(ALICE, "device_state");
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(unavailable("PJSIP/101"));
        end(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(unavailable("PJSIP/101", "PJSIP/100"));
    }

    @Test
    void publishesOfAForgottenNewerSessionEndWithTheServerToo() {
        begin(ALICE);
        begin(NEWER);
        fixture.publishState(NEWER, "PJSIP/101", EID_A, "INUSE");
        end(NEWER);
        fixture.scheduler.advance(GRACE_MS);
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/101", EID_A, "RINGING"));
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        end(ALICE);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactlyInAnyOrder(unavailable("PJSIP/100", "PJSIP/101"));
    }

    @Test
    void theEndOfAnUnknownSessionDoesNotEndTheNextOne() {
        long unknown = fixture.service.epoch(BOB);
        fixture.subscribeToAll(BOB);
        fixture.service.sessionEnded(BOB, unknown);
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        assertThat(fixture.sender.messagesTo(BOB)).hasSize(1);
    }

    /** A host that asks first would take it for a session that it need not look after. */
    @Test
    void aSubscriberOfMailboxesOnlyIsASessionToo() {
        fixture.subscribe(BOB, "message_waiting");
        long epoch = fixture.service.epoch(BOB);
        assertThat(epoch).isNotZero();
        fixture.service.sessionEnded(BOB, epoch);
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @Test
    void anEndReportedTwiceIsCountedOnceAndDoesNotLengthenTheGracePeriod() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.subscribeToAll(BOB);
        end(ALICE);
        fixture.scheduler.advance(GRACE_MS - 1);
        end(ALICE);
        fixture.scheduler.advance(1);
        assertThat(fixture.sender.messagesTo(BOB)).containsExactly(unavailable("PJSIP/100"));
        assertThat(fixture.service.status().counters().get(Counter.SESSIONS_ENDED))
                .isOne();
        fixture.scheduler.advance(100);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    void aLostServerTakesTheOfflineStateOfTheTermsAtItsEnd() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(BOB, "PJSIP/200", EID_B, "INUSE");
        Jid listener = ServiceFixture.CAROL;
        fixture.subscribeToAll(listener);
        end(ALICE);
        fixture.setTerms(LeaseTerms.DEFAULT.withOfflineState("INVALID"));
        end(BOB);
        fixture.scheduler.advance(GRACE_MS);
        assertThat(fixture.sender.messagesTo(listener))
                .containsExactlyInAnyOrder(
                        state(listener, "PJSIP/100", EID_A, "UNAVAILABLE"),
                        state(listener, "PJSIP/200", EID_B, "INVALID"));
    }
}
