// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenRegistrationTest {

    @ParameterizedTest
    @ValueSource(strings = {"pbx*@example.net", "*@example.net", "pbx?@example.net", "pbx*@*", "p*@exam*.net"})
    void aPatternThatMatchesNewAccountsOfAnOpenDomainIsNamedWithTheLineThatClosesIt(String glob) {
        assertThat(warning(glob))
                .contains("open on example.net", "can match " + glob + ".")
                .contains("give the bean 'sess-man': 'jabber:iq:register' (active: false) {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx1@example.net", "pbx*@elsewhere.example", "pbx1@*", "pbx\\*@example.net"})
    void accountsThatAreNamedAndOtherDomainsAreSafe(String glob) {
        assertThat(warning(glob)).isNull();
    }

    @Test
    void withoutRegistrationThereIsNoWarning() {
        assertThat(OpenRegistration.warning(policies("pbx*@example.net"), List.of()))
                .isNull();
    }

    private static @Nullable String warning(String glob) {
        return OpenRegistration.warning(policies(glob), List.of("example.net"));
    }

    private static Map<String, Policy> policies(String glob) {
        return Map.of("pubsub.example.net", Policy.ofOneSite(AccountGlobs.of(List.of(glob)), LeaseTerms.DEFAULT));
    }
}
