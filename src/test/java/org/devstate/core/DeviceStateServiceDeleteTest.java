// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.CAROL;
import static org.devstate.core.testing.ServiceFixture.MALLORY;
import static org.devstate.core.testing.ServiceFixture.SERVICE;
import static org.devstate.core.testing.ServiceFixture.mailbox;
import static org.devstate.core.testing.ServiceFixture.state;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;
import static org.devstate.core.testing.Stanzas.OWNER;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's delete and purge withdraw the account's own entries. */
final class DeviceStateServiceDeleteTest {

    private final ServiceFixture fixture = new ServiceFixture();

    @ParameterizedTest
    @ValueSource(strings = {"delete", "purge"})
    void theAccountsOwnPublishesToTheNodeAreRemoved(String action) {
        Jid second = new Jid(ALICE.bare(), "second");
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(second, "PJSIP/101", EID_A, "NOT_INUSE");
        fixture.publishState(BOB, "PJSIP/100", EID_B, "INUSE");
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 0);
        fixture.subscribeToAll(CAROL, ALICE);

        assertThat(fixture.ask(ALICE, owner(action, "device_state"))).isEqualTo(Stanzas.result(SERVICE, ALICE));

        assertThat(fixture.sender.to(CAROL))
                .containsExactlyInAnyOrder(
                        state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"),
                        state(CAROL, "PJSIP/101", EID_A, "UNAVAILABLE"));
        assertThat(fixture.sender.messagesTo(ALICE)).isEmpty();
        assertThat(fixture.service.status().entries()).isEqualTo(2);
        fixture.subscribeToAll();
        fixture.subscribe(BOB, "device_state");
        assertThat(fixture.sender.messagesTo(BOB)).isEmpty();
    }

    @Test
    void mailboxesBecomeEmpty() {
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 2);
        fixture.publishMailbox(ALICE, "101@default", EID_A, 0, 0);
        fixture.subscribeToAll(CAROL);
        fixture.handle(ALICE, owner("delete", "message_waiting"));
        assertThat(fixture.sender.to(CAROL)).containsExactly(mailbox(CAROL, "100@default", EID_A, 0, 0));
        assertThat(fixture.service.status().entries()).isZero();
    }

    @Test
    void theReplyComesBeforeTheRemainingMailboxEntry() {
        fixture.publishMailbox(BOB, "100@default", EID_B, 3, 0);
        fixture.clock.advance(200);
        fixture.publishMailbox(ALICE, "100@default", EID_A, 1, 2);
        fixture.subscribeToAll(ALICE);
        fixture.handle(ALICE, owner("delete", "message_waiting"));
        assertThat(fixture.sender.to(ALICE))
                .containsExactly(Stanzas.result(SERVICE, ALICE), mailbox(ALICE, "100@default", EID_B, 3, 0));
    }

    @Test
    void deletingALeafRemovesItsItem() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "INUSE");
        fixture.publishState(ALICE, "PJSIP/101", EID_A, "INUSE");
        fixture.publishState(BOB, "PJSIP/100", EID_B, "INUSE");
        fixture.subscribeToAll(CAROL);
        assertThat(fixture.ask(ALICE, owner("delete", "PJSIP/100"))).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.sender.to(CAROL)).containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"));
        assertThat(fixture.service.status().entries()).isEqualTo(2);
    }

    @Test
    void entriesOfOthersStayAndTheRequestIsAcknowledged() {
        fixture.publishState(BOB, "PJSIP/100", EID_B, "INUSE");
        fixture.subscribeToAll(CAROL);
        assertThat(fixture.ask(ALICE, owner("delete", "device_state"))).isEqualTo(Stanzas.result(SERVICE, ALICE));
        assertThat(fixture.handle(ALICE, owner("delete", "PJSIP/100"))).isFalse();
        assertThat(fixture.ask(MALLORY, owner("delete", "device_state"))
                        .children()
                        .get(1)
                        .attributes())
                .containsEntry("code", "403");
        assertThat(fixture.sender.messagesTo(CAROL)).isEmpty();
        assertThat(fixture.service.status().entries()).isOne();
    }

    @Test
    void aPublishAfterADeleteIsAChange() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "UNAVAILABLE");
        fixture.subscribeToAll(CAROL);
        fixture.handle(ALICE, owner("delete", "device_state"));
        assertThat(fixture.sender.messagesTo(CAROL)).isEmpty();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "UNAVAILABLE");
        assertThat(fixture.sender.to(CAROL)).containsExactly(state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"));
    }

    @Test
    void aDeletedEntryEndsAlsoAfterANonCachableState() {
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "UNAVAILABLE");
        fixture.subscribeToAll(CAROL);
        fixture.handle(ALICE, Stanzas.publishNonCachable("PJSIP/100", EID_A, "INUSE"));
        fixture.handle(ALICE, owner("delete", "device_state"));
        assertThat(fixture.sender.messagesTo(CAROL)).last().isEqualTo(state(CAROL, "PJSIP/100", EID_A, "UNAVAILABLE"));
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        fixture.sender.clear();
        fixture.publishState(ALICE, "PJSIP/100", EID_A, "BUSY");
        assertThat(fixture.sender.messagesTo(CAROL)).isEmpty();
    }

    private static XmlElement owner(String action, String node) {
        return Stanzas.iq("set", "<pubsub xmlns='%s'><%s node='%s'/></pubsub>".formatted(OWNER, action, node));
    }
}
