package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.Stanzas.EID_A;

import java.util.List;
import org.devstate.core.policy.Policy;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
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
}
