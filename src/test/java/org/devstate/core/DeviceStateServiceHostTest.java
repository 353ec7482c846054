// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;
import static org.devstate.core.testing.Stanzas.EID_B;

import java.util.List;
import java.util.Objects;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Policy;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.Test;

/** Calls of the host that are not stanzas. */
final class DeviceStateServiceHostTest {

    private static final Policy OTHER_POLICY = ServiceFixture.policy("site paris\nservers alice@example.net\n");

    private final ServiceFixture fixture = new ServiceFixture();

    @Test
    void requestsAboutOurNodesConcernTheServiceAndAreNotHandledByThat() {
        assertThat(fixture.service.concerns(ALICE, Stanzas.publishState("PJSIP/1", EID_A, "INUSE")))
                .isTrue();
        assertThat(fixture.service.concerns(ALICE, Stanzas.subscribe("blog", ALICE.bare())))
                .isFalse();
        assertThat(fixture.sender.all()).isEmpty();
        assertThat(fixture.service.status().entries()).isZero();
    }

    @Test
    void aClosedServiceHasNoSubscribers() {
        fixture.subscribeToAll(ALICE, BOB);
        assertThat(fixture.service.status().subscribers()).isEqualTo(2);
        fixture.service.close("this server is not serving this address", "host other has the lease");
        assertThat(fixture.service.status().subscribers()).isZero();
    }

    @Test
    void aConfiguredPolicyIsInForceUnlessOneWasSet() {
        assertThat(fixture.service.configurePolicy(OTHER_POLICY)).isTrue();
        assertThat(fixture.service.policy()).isEqualTo(OTHER_POLICY);
        assertThat(fixture.service.configurePolicy(OTHER_POLICY))
                .as("once more")
                .isTrue();
        fixture.service.setPolicy(Policy.CLOSED);
        assertThat(fixture.service.configurePolicy(OTHER_POLICY)).isFalse();
        assertThat(fixture.service.policy()).isEqualTo(Policy.CLOSED);
    }

    @Test
    void aPolicyIsReplacedOnlyInThePlaceOfTheOneThatWasRead() {
        Policy before = fixture.service.policy();
        assertThat(fixture.service.administration().sites().replace(OTHER_POLICY, Policy.CLOSED))
                .isFalse();
        assertThat(fixture.service.policy()).isEqualTo(before);
        assertThat(fixture.service.administration().sites().replace(before, before))
                .isTrue();
        assertThat(fixture.service.administration().sites().replace(before, OTHER_POLICY))
                .isTrue();
        assertThat(fixture.service.policy()).isEqualTo(OTHER_POLICY);
    }

    @Test
    void aRestoredPolicyThatIsInvalidAdmitsNoAccount() {
        assertThat(fixture.service.restore(new Contents(List.of(), List.of(), "sight paris")))
                .isNotEmpty();
        assertThat(fixture.service.policy()).isEqualTo(Policy.CLOSED);
        assertThat(fixture.service.configurePolicy(OTHER_POLICY)).isFalse();
    }

    /** It was connected, and learns of what ended while the service restarted and after that. */
    @Test
    void aSubscriberFromBeforeARestartThatHasPublishedNothingIsExpected() {
        MemoryStore store = new MemoryStore();
        ServiceFixture before = new ServiceFixture(change -> store.write(List.of(change)));
        before.service.sessionRegistry().persist();
        before.publishState(ALICE, "PJSIP/1", EID_A, "INUSE");
        before.subscribe(BOB, "device_state");

        ServiceFixture after = new ServiceFixture(change -> store.write(List.of(change)));
        after.service.restore(store.load());
        after.service.administration().servers().purge(ALICE.account());
        after.subscribe(BOB, "device_state");
        assertThat(after.messagesTo(BOB)).containsExactly(ServiceFixture.state(BOB, "PJSIP/1", EID_A, "UNAVAILABLE"));
    }

    /** Older releases could give two entries of one mailbox the same time. */
    @Test
    void ofTwoPersistedMailboxesOfOneTimeTheHigherEidCounts() {
        Change.Mailbox higher = mailbox(EID_B, new MailboxCounts(2, 0));
        Change.Mailbox lower = mailbox(EID_A, new MailboxCounts(1, 0));
        fixture.service.restore(new Contents(List.of(), List.of(higher, lower), null));
        fixture.subscribe(BOB, "message_waiting");
        assertThat(fixture.messagesTo(BOB)).containsExactly(ServiceFixture.mailbox(BOB, "100@default", EID_B, 2, 0));
    }

    @Test
    void aPersistedMailboxOfAnInvalidEidIsRemovedWithALine() {
        RecordingOperatorLog log = new RecordingOperatorLog();
        fixture.service.setOperatorLog(log);
        Change.Mailbox invalid = mailbox("ff:ff:ff:ff:ff:ff", new MailboxCounts(1, 0));
        fixture.service.restore(new Contents(List.of(), List.of(invalid), null));
        fixture.scheduler.advance(0);
        assertThat(fixture.service.status().entries()).isZero();
        assertThat(log.happened())
                .singleElement()
                .asString()
                .endsWith(
                        "persisted mailbox of EID ff:ff:ff:ff:ff:ff was removed: ff:ff:ff:ff:ff:ff is not the EID of one"
                                + " server");
    }

    private static Change.Mailbox mailbox(String eid, MailboxCounts counts) {
        ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, "100@default", Objects.requireNonNull(Eid.parse(eid)));
        return new Change.Mailbox(key, counts, ALICE.account(), 500);
    }
}
