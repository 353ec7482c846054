// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyWriter;
import org.devstate.core.replication.PolicyReplica.PolicyOutcome;
import org.devstate.core.replication.ReplicatedItem.NumberedPolicy;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

final class PolicyReplicaTest {

    private static final Policy PARIS = policy("paris");
    private static final Policy BERLIN = policy("berlin");
    private static final String PARIS_TEXT = PolicyWriter.write(PARIS);
    private static final String BERLIN_TEXT = PolicyWriter.write(BERLIN);

    private final ManualClock clock = new ManualClock();
    private final ChangeMarker marker = new ChangeMarker(new Removals(clock));
    private final List<PendingItem> marked = new ArrayList<>();
    private final List<Policy> adopted = new ArrayList<>();
    private final List<Policy> persistedAgain = new ArrayList<>();
    private Policy inForce = PARIS;
    private final PolicyReplica.PolicyHolder holder = new PolicyReplica.PolicyHolder() {
        @Override
        public Policy policy() {
            return inForce;
        }

        @Override
        public void adopt(Policy policy) {
            adopted.add(policy);
            inForce = policy;
        }

        @Override
        public void persistAgain() {
            persistedAgain.add(inForce);
        }
    };
    private final PolicyReplica replica = new PolicyReplica(holder, clock, marker);

    PolicyReplicaTest() {
        marker.addListener(marked::add);
    }

    private static Policy policy(String site) {
        return ServiceFixture.policy("site " + site + "\n    servers *@example.net\n");
    }

    @Test
    void aConfiguredPolicyHasNeitherNumberNorTime() {
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(0, 0, PARIS_TEXT));
    }

    @Test
    void aPersistedPolicyCountsBeforeAConfiguredOne() throws MessageParser.InvalidMessageException {
        replica.restored("");
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(1, 0, PARIS_TEXT));
        assertThat(replica.merge(new NumberedPolicy(0, 0, BERLIN_TEXT))).isEqualTo(PolicyOutcome.OLDER);
    }

    @Test
    void aPolicyThatCountsBeforeAnotherIsPersistedAgain() throws MessageParser.InvalidMessageException {
        replica.changed();
        replica.changed();
        replica.merge(new NumberedPolicy(1, 9_000_000, BERLIN_TEXT));
        assertThat(persistedAgain).containsExactly(PARIS);
    }

    @Test
    void eachChangeIsNumberedAndMarked() {
        replica.changed();
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(1, 1_000_000, PARIS_TEXT));
        clock.advance(5);
        replica.changed();
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(2, 1_000_005, PARIS_TEXT));
        assertThat(marked).containsExactly(new PendingItem.OfPolicy(), new PendingItem.OfPolicy());
    }

    @Test
    void eachChangeIsLaterThanTheOneBefore() {
        replica.changed();
        replica.changed();
        assertThat(replica.current().atMs()).isEqualTo(1_000_001);
    }

    @Test
    void aPolicyThatWasChangedMoreOftenIsAdopted() throws MessageParser.InvalidMessageException {
        replica.changed();
        assertThat(replica.merge(new NumberedPolicy(2, 7, BERLIN_TEXT))).isEqualTo(PolicyOutcome.IN_FORCE);
        assertThat(adopted).containsExactly(BERLIN);
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(2, 7, BERLIN_TEXT));
    }

    @Test
    void aPolicyThatWasChangedLessOftenIsOlder() throws MessageParser.InvalidMessageException {
        replica.changed();
        replica.changed();
        assertThat(replica.merge(new NumberedPolicy(1, 9_000_000, BERLIN_TEXT))).isEqualTo(PolicyOutcome.OLDER);
        assertThat(adopted).isEmpty();
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(2, 1_000_001, PARIS_TEXT));
    }

    @Test
    void ofTwoChangedAsOftenTheLaterCounts() throws MessageParser.InvalidMessageException {
        replica.changed();
        assertThat(replica.merge(new NumberedPolicy(1, 999_999, BERLIN_TEXT))).isEqualTo(PolicyOutcome.OLDER);
        assertThat(replica.merge(new NumberedPolicy(1, 1_000_001, BERLIN_TEXT))).isEqualTo(PolicyOutcome.REPLACED);
        assertThat(adopted).containsExactly(BERLIN);
    }

    @Test
    void ofTwoChangedAtOneTimeTheTextDecides() throws MessageParser.InvalidMessageException {
        assertThat(BERLIN_TEXT).isLessThan(PARIS_TEXT);
        replica.changed();
        assertThat(replica.merge(new NumberedPolicy(1, 1_000_000, BERLIN_TEXT))).isEqualTo(PolicyOutcome.OLDER);
        inForce = BERLIN;
        assertThat(replica.merge(new NumberedPolicy(1, 1_000_000, PARIS_TEXT))).isEqualTo(PolicyOutcome.REPLACED);
        assertThat(adopted).containsExactly(PARIS);
    }

    @Test
    void ofTwoConfiguredPoliciesNoneIsAdopted() throws MessageParser.InvalidMessageException {
        assertThat(replica.merge(new NumberedPolicy(0, 0, BERLIN_TEXT))).isEqualTo(PolicyOutcome.DIFFERENT);
        inForce = BERLIN;
        assertThat(replica.merge(new NumberedPolicy(0, 0, PARIS_TEXT))).isEqualTo(PolicyOutcome.DIFFERENT);
        assertThat(adopted).isEmpty();
        assertThat(marked).isEmpty();
    }

    @Test
    void aPolicyThatIsInForceIsNotAdoptedAgain() throws MessageParser.InvalidMessageException {
        assertThat(replica.merge(new NumberedPolicy(3, 7, PARIS_TEXT))).isEqualTo(PolicyOutcome.IN_FORCE);
        assertThat(adopted).isEmpty();
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(3, 7, PARIS_TEXT));
    }

    @Test
    void theHigherNumberOfThePolicyInForceStays() throws MessageParser.InvalidMessageException {
        replica.changed();
        replica.changed();
        assertThat(replica.merge(new NumberedPolicy(1, 7, PARIS_TEXT))).isEqualTo(PolicyOutcome.IN_FORCE);
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(2, 1_000_001, PARIS_TEXT));
    }

    @Test
    void aChangeAfterAnAdoptedPolicyCountsBeforeIt() throws MessageParser.InvalidMessageException {
        replica.merge(new NumberedPolicy(4, 2_000_000, BERLIN_TEXT));
        replica.changed();
        assertThat(replica.current()).isEqualTo(new NumberedPolicy(5, 2_000_001, BERLIN_TEXT));
    }

    @Test
    void textThatIsNoPolicyMakesTheMessageInvalid() {
        assertThatThrownBy(() -> replica.merge(new NumberedPolicy(1, 1, "sight paris")))
                .isInstanceOf(MessageParser.InvalidMessageException.class)
                .hasMessage("its policy is invalid");
        assertThat(adopted).isEmpty();
    }

    @Test
    void aPersistedPolicyHasItsNumberAndItsTime() {
        replica.changed();
        replica.changed();
        String persisted = replica.numbered(PARIS_TEXT);
        NumberedPolicy before = replica.current();
        PolicyReplica after = new PolicyReplica(holder, clock, marker);
        after.restored(persisted);
        assertThat(after.current()).isEqualTo(before).isEqualTo(new NumberedPolicy(2, before.atMs(), PARIS_TEXT));
        assertThat(ServiceFixture.policy(persisted)).isEqualTo(PARIS);
    }

    @Test
    void ofTwoChangesAtTheSameTimeTheLaterOverrulesTheOther() {
        List<String> known = List.of("2", "1000", PARIS_TEXT);
        assertThat(PolicyReplica.overrules(List.of("2", "1001", BERLIN_TEXT), known))
                .isTrue();
        assertThat(PolicyReplica.overrules(List.of("2", "999", BERLIN_TEXT), known))
                .isFalse();
        assertThat(PolicyReplica.overrules(List.of("2", "1001", PARIS_TEXT), known))
                .as("the same")
                .isFalse();
        assertThat(PolicyReplica.overrules(List.of("3", "1001", BERLIN_TEXT), known))
                .as("made from it")
                .isFalse();
        assertThat(PolicyReplica.overrules(List.of("2", "x", BERLIN_TEXT), known))
                .isFalse();
        assertThat(PolicyReplica.overrules(List.of("2"), known)).isFalse();
        replica.changed();
        assertThat(replica.lines()).containsExactly("1", "1000000", PARIS_TEXT);
    }

    /** A configuration was persisted by a release without numbers: it is no change that could be lost. */
    @Test
    void aPersistedPolicyWithoutATimeIsNotReportedAsReplaced() throws MessageParser.InvalidMessageException {
        replica.restored("");
        assertThat(replica.merge(new NumberedPolicy(1, 7, BERLIN_TEXT))).isEqualTo(PolicyOutcome.IN_FORCE);
        assertThat(adopted).containsExactly(BERLIN);
    }
}
