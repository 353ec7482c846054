// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.hints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

final class CaseHintsTest {

    private static final Policy POLICY = ServiceFixture.policy(
            """
            site paris
                servers a@b
                publish deny   device Park:701*
                publish allow  device Queue:*
                publish allow  mailbox *
                publish deny   *
                publish allow  device Park:*
            site berlin
                servers c@d
                receive deny   paris device QUEUE:x
                receive allow  * *
            """);

    private final Site paris = POLICY.sites().get(0);
    private final Site berlin = POLICY.sites().get(1);

    @Test
    void aRuleIsNamedThatDiffersOnlyInCase() {
        assertThat(CaseHints.ofRules(paris, berlin, NodeType.DEVICE_STATE, "park:701@parkedcalls"))
                .containsExactly("only the case keeps publish rule 1 of paris (deny device Park:701*) from"
                        + " matching park:701@parkedcalls");
        assertThat(CaseHints.ofRules(paris, berlin, NodeType.DEVICE_STATE, "Queue:x"))
                .containsExactly("only the case keeps receive rule 1 of berlin (deny paris device QUEUE:x) from"
                        + " matching Queue:x");
    }

    @Test
    void noRuleIsNamedBehindTheOneThatDecidesOrOfAnotherKindOrSite() {
        assertThat(CaseHints.ofRules(paris, berlin, NodeType.DEVICE_STATE, "park:800"))
                .isEmpty();
        assertThat(CaseHints.ofRules(paris, berlin, NodeType.MESSAGE_WAITING, "queue:x"))
                .isEmpty();
        assertThat(CaseHints.ofRules(berlin, berlin, NodeType.DEVICE_STATE, "queue:x"))
                .isEmpty();
        assertThat(CaseHints.ofRules(paris, berlin, NodeType.DEVICE_STATE, "QUEUE:x"))
                .containsExactly("only the case keeps publish rule 2 of paris (allow device Queue:*) from"
                        + " matching QUEUE:x");
    }

    @Test
    void anUnknownNameIsReportedWithTheKnownOnes() {
        assertThat(CaseHints.ofUnknown("custom:test", List.of())).isEqualTo("No entry for custom:test");
        assertThat(CaseHints.ofUnknown("custom:test", List.of("CUSTOM:test", "Custom:test")))
                .isEqualTo("No entry for custom:test; names are case-sensitive, and CUSTOM:test and Custom:test exist");
    }
}
