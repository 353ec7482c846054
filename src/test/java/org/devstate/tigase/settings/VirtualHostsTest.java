// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Policy;
import org.junit.jupiter.api.Test;

final class VirtualHostsTest {

    private final List<String> wrong = new ArrayList<>();

    @Test
    void byDefaultAllServicesHaveTheSameSites() {
        assertThat(read(Map.of())).isEqualTo(VirtualHosts.ALIKE);
        assertThat(wrong).isEmpty();
    }

    @Test
    void oneServiceMayHaveItsOwnSites() {
        VirtualHosts hosts = read(Map.of("pubsub.B.example ", new String[] {"site b", "  servers pbx*@b.example"}));

        assertThat(wrong).isEmpty();
        PluginSettings settings = PluginSettings.CLOSED.withVirtualHosts(hosts);
        assertThat(settings.policyOf("pubsub.b.example").isClosed()).isFalse();
        assertThat(settings.policyOf("pubsub.a.example")).isSameAs(Policy.CLOSED);
    }

    @Test
    void sharedServicesAreKnownByTheFirstAddress() {
        VirtualHosts hosts = read(Map.of(), "pubsub.a.example", "pubsub.b.example");

        assertThat(wrong).isEmpty();
        assertThat(hosts.mainOf("pubsub.b.example")).isEqualTo("pubsub.a.example");
        assertThat(hosts.mainOf("pubsub.a.example")).isEqualTo("pubsub.a.example");
        assertThat(hosts.mainOf("pubsub.c.example")).isEqualTo("pubsub.c.example");
        assertThat(hosts.furtherOf("pubsub.a.example")).containsExactly(Jid.of("pubsub.b.example"));
        assertThat(hosts.furtherOf("pubsub.c.example")).isEmpty();
    }

    @Test
    void allErrorsAreReportedTogether() {
        read(
                Map.of(
                        "a@b", new String[] {"site x", "  servers pbx@x.example"},
                        "pubsub.b.example", new String[] {"site b", "  server pbx"}),
                "pubsub.a.example",
                "pubsub.b.example",
                "");

        assertThat(wrong)
                .hasSize(4)
                .contains(
                        "pubsub 'shared-services': '' is not the address of a service, such as 'pubsub.example.net'",
                        "pubsub 'policies': 'a@b' is not the address of a service, such as 'pubsub.example.net'",
                        "pubsub 'policies': 'pubsub.b.example' shares the service of 'pubsub.a.example'; give the sites to"
                                + " that one")
                .anyMatch(line -> line.startsWith(
                        "pubsub 'policies' of 'pubsub.b.example': line 2, column 3: unknown key 'server'"));
    }

    @Test
    void oneSharedAddressAloneIsAnError() {
        read(Map.of(), "pubsub.a.example");

        assertThat(wrong).singleElement().asString().contains("'shared-services'", "two or more");
    }

    private VirtualHosts read(Map<String, String[]> policies, String... shared) {
        return VirtualHosts.read(policies, shared, wrong);
    }
}
