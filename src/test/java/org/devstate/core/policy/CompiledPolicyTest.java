// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The actions of publish rules, however many there are, and audiences of many sites. */
final class CompiledPolicyTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final String PARIS = "site paris\nservers alice@example.net\n";

    @Test
    void aPolicyDropsIfARuleOfAnySiteDoes() {
        assertThat(compiled(PARIS + "publish allow *\npublish cachable device Custom:*\n")
                        .drops())
                .isFalse();
        assertThat(compiled(PARIS
                                + "publish allow *\nsite berlin\nservers bob@example.net\npublish drop device MWI:*\n")
                        .drops())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40})
    void theFirstRuleThatMatchesDecidesTheAction(int others) {
        String rules = IntStream.range(0, others)
                .mapToObj(i -> "publish deny device Custom:" + i + "\n")
                .collect(Collectors.joining());
        CompiledPolicy compiled = compiled(
                PARIS + rules + "publish cachable device Custom:*\npublish drop device MWI:*\npublish allow *\n");
        assertThat(action(compiled, "Custom:x")).isEqualTo(Rule.Action.CACHABLE);
        assertThat(action(compiled, "MWI:1@default")).isEqualTo(Rule.Action.DROP);
        assertThat(action(compiled, "PJSIP/1")).isEqualTo(Rule.Action.ALLOW);
        if (others > 0) {
            assertThat(action(compiled, "Custom:0"))
                    .as("denied, which is no action of its own")
                    .isEqualTo(Rule.Action.ALLOW);
        }
    }

    @Test
    void aLastRuleThatMakesCachableCounts() {
        CompiledPolicy compiled = compiled(PARIS + "publish deny device MWI:*\npublish cachable device Custom:*\n");
        assertThat(action(compiled, "Custom:x")).isEqualTo(Rule.Action.CACHABLE);
    }

    @Test
    void rulesThatOnlyAllowOrDenyHaveNoAction() {
        CompiledPolicy compiled = compiled(PARIS + "publish deny device MWI:*\npublish allow *\n");
        assertThat(action(compiled, "MWI:1@default")).isEqualTo(Rule.Action.ALLOW);
        assertThat(action(compiled, "PJSIP/1")).isEqualTo(Rule.Action.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 128, 130})
    void anAudienceHasTheSitesThatMayReceiveAndNoOther(int sites) {
        String text = IntStream.range(0, sites)
                .mapToObj(i -> "site s%d\nservers pbx%d@example.net\npublish allow *\nreceive %s * *\n"
                        .formatted(i, i, i % 2 == 0 ? "allow" : "deny"))
                .collect(Collectors.joining());
        CompiledPolicy compiled = compiled(text);
        Audience audience = compiled.audience(Jid.of("pbx0@example.net/a"), NodeType.DEVICE_STATE, "PJSIP/1");
        for (int i = 1; i < sites; i++) {
            assertThat(audience.includes(Jid.of("pbx" + i + "@example.net/a")))
                    .as("site %d", i)
                    .isEqualTo(i % 2 == 0);
        }
    }

    private static Rule.Action action(CompiledPolicy compiled, String device) {
        return compiled.action(ALICE, NodeType.DEVICE_STATE, device);
    }

    private static CompiledPolicy compiled(String text) {
        return new CompiledPolicy(ServiceFixture.policy(text));
    }
}
